import type { JoinRequest, MemberId, PublicKeyEntry, UserList } from "@qsec2/sdk/wire";
import type { Soon } from "../soon.js";

/** A member's place in a room. It outlives the socket by the grace time. */
export interface Seat {
  readonly room: string;
  readonly id: MemberId;
  readonly username: string;
  /** What takes the place back after a drop of the link. A secret between the relay and this member. */
  readonly resume: string;
  /** Whether its client takes messages that are not encrypted. */
  readonly plaintext: boolean;
  /** The socket that holds the seat; undefined while the link is down. */
  readonly sid: string | undefined;
}

/** Who is in a room, and how often that has changed: of two lists the one with the higher version is the newer one. */
export interface RoomList {
  readonly list: UserList;
  readonly version: number;
}

export interface Joined extends RoomList {
  readonly seat: Seat;
  /** The room did not exist before. */
  readonly created: boolean;
  /** An old place was taken back. */
  readonly resumed: boolean;
  /** The socket that held the place until now, when the relay had not noticed that it is gone. */
  readonly replaced?: string;
}

/** A member's link is down; the member keeps the place for the grace time. */
export interface Dropped extends RoomList {
  readonly seat: Seat;
}

/** A member is gone for good. */
export interface Departure {
  readonly seat: Seat;
  /** Who leads now, when it was the leader who left. */
  readonly newLeader?: Seat;
  /** Who is left; undefined when nobody is, and the room is gone. */
  readonly left: RoomList | undefined;
}

export interface Overdue {
  /** Members whose relay has ended without a word; their grace time begins. Never any where there is one process. */
  readonly dropped: readonly Dropped[];
  readonly departed: readonly Departure[];
}

export interface RegistryLimits {
  readonly maxRooms: number;
  readonly maxMembers: number;
  /** Seconds that a member whose link is down keeps the place. */
  readonly grace: number;
}

/**
 * Who is where: the one owner of the relay's state about rooms. It knows no sockets (only their ids) and sends nothing.
 * The state may be shared by several processes; what it is asked about a socket is about a socket of this one.
 */
export interface RoomRegistry {
  /**
   * Gives a place in the room, which is made when it is not there; or gives an old place back.
   * @throws QsecError `already_joined`, `id_taken`, `room_full`, `name_taken`, `room_limit`, `bad_expected`
   */
  join(request: JoinRequest, sid: string): Soon<Joined>;
  /** The member leaves for good. Undefined when the socket holds no place (any more). */
  leave(sid: string): Soon<Departure | undefined>;
  /** The socket is gone; its member keeps the place for the grace time. Undefined when the socket held none. */
  disconnect(sid: string): Soon<Dropped | undefined>;
  /** Takes the places whose grace time is over. To be asked once in a while. */
  overdue(): Soon<Overdue>;

  /** Never waits: it is asked for every event. */
  seatOf(sid: string): Seat | undefined;
  member(room: string, id: MemberId): Soon<Seat | undefined>;
  /** @throws when there is no such room, as everything below: who has a seat in a room has a room */
  userList(room: string): Soon<RoomList>;

  /** Takes the place of an older one of this member; it goes with the member. */
  keepPublicKey(seat: Seat, frame: string): Soon<void>;
  publicKeys(room: string): Soon<readonly PublicKeyEntry[]>;

  /** Whether every member's client takes messages that are not encrypted, also those whose link is down. */
  allowsPlaintext(room: string): Soon<boolean>;
  /** The next sequence number of the room's messages, from 1. */
  nextSequence(room: string): Soon<number>;
  /** The number that `nextSequence` gave last. */
  lastSequence(room: string): Soon<number>;

  /** How many there are, as far as this process knows at this moment. */
  readonly rooms: number;
  readonly members: number;
}
