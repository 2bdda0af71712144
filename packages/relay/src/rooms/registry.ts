import type { JoinRequest, MemberId, PublicKeyEntry, UserList } from "@qsec2/sdk/wire";

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

export interface Joined {
  readonly seat: Seat;
  /** The room did not exist before. */
  readonly created: boolean;
  /** An old place was taken back. */
  readonly resumed: boolean;
  /** The socket that held the place until now, when the relay had not noticed that it is gone. */
  readonly replaced?: string;
}

export interface Departure {
  readonly seat: Seat;
  /** Who leads now, when it was the leader who left. */
  readonly newLeader?: Seat;
  /** How many are left; with 0 the room is gone. */
  readonly remaining: number;
}

/**
 * Who is where: the one owner of the relay's state about rooms. It knows no sockets (only their ids), sends nothing and
 * waits for nothing.
 */
export interface RoomRegistry {
  /**
   * Gives a place in the room, which is made when it is not there; or gives an old place back.
   * @throws QsecError `already_joined`, `id_taken`, `room_full`, `name_taken`, `room_limit`, `bad_expected`
   */
  join(request: JoinRequest, sid: string): Joined;
  /** The socket is gone; its member keeps the place. Undefined when the socket held none. */
  disconnect(sid: string): Seat | undefined;
  /** The member is gone for good. Undefined when there is no such member. */
  depart(room: string, id: MemberId): Departure | undefined;

  seatOf(sid: string): Seat | undefined;
  member(room: string, id: MemberId): Seat | undefined;
  /** Only for a room that exists. */
  userList(room: string): UserList;

  keepPublicKey(seat: Seat, frame: string): void;
  publicKeys(room: string): readonly PublicKeyEntry[];

  /** Whether every member's client takes messages that are not encrypted, also those whose link is down. */
  allowsPlaintext(room: string): boolean;
  /** The next sequence number of the room's messages, from 1. */
  nextSequence(room: string): number;
  /** The number that `nextSequence` gave last. */
  lastSequence(room: string): number;

  readonly rooms: number;
  readonly members: number;
}
