import { randomBytes, timingSafeEqual } from "node:crypto";
import { foldName, type JoinRequest, type MemberId, type PublicKeyEntry } from "@qsec2/sdk/wire";
import { placeRefused } from "./refusals.js";
import type { Departure, Dropped, Joined, Overdue, RegistryLimits, RoomList, RoomRegistry, Seat } from "./registry.js";

type Held = { -readonly [K in keyof Seat]: Seat[K] };

/** One room. The maps of all rooms together are four of the five tables of the relay; the fifth is `#seats`. */
interface Room {
  /** ROOM_MEMBERS */
  readonly members: Map<MemberId, Held>;
  /** ROOM_ORDER: in the order of joining, the first one leads. */
  order: readonly MemberId[];
  /** ROOM_EXPECTED: the capacity, as the first to join asked for it. */
  readonly expected: number;
  /** PUBKEYS */
  readonly publicKeys: Map<MemberId, string>;
  sequence: number;
  version: number;
}

/** All rooms of one process. */
export class MemoryRooms implements RoomRegistry {
  readonly #limits: RegistryLimits;
  readonly #newToken: () => string;
  readonly #startAfter: (room: string) => number;
  readonly #rooms = new Map<string, Room>();
  /** SID_MAP: which seat a socket holds. */
  readonly #seats = new Map<string, Held>();
  /** When the grace time of a dropped seat is over; the first to drop is the first. */
  readonly #graceEnds = new Map<Held, number>();
  readonly #now: () => number;
  #members = 0;

  /**
   * @param startAfter the number after which the messages of a room that is opened are counted
   * @param newToken a fresh secret of at most 64 characters; the default has 192 random bits
   * @param now milliseconds; the default is no time of day, which may be set back
   */
  constructor(
    limits: RegistryLimits,
    startAfter: (room: string) => number = () => 0,
    newToken: () => string = () => randomBytes(24).toString("base64url"),
    now: () => number = () => performance.now(),
  ) {
    this.#limits = limits;
    this.#startAfter = startAfter;
    this.#newToken = newToken;
    this.#now = now;
  }

  join(request: JoinRequest, sid: string): Joined {
    if (this.#seats.has(sid)) throw placeRefused("already_joined");
    const room = this.#rooms.get(request.room);
    const held = room?.members.get(request.id);
    if (room && held) return this.#takeBack(room, held, request, sid);
    if (room) checkPlace(room, request.username);
    const seat: Held = {
      room: request.room,
      id: request.id,
      username: request.username,
      resume: this.#newToken(),
      plaintext: request.plaintext === true,
      sid,
    };
    const target = room ?? this.#open(request.room, request.expected);
    target.members.set(seat.id, seat);
    target.order = [...target.order, seat.id];
    this.#seats.set(sid, seat);
    this.#members++;
    target.version++;
    return { seat, ...listOf(target), created: room === undefined, resumed: false };
  }

  #takeBack(room: Room, seat: Held, { resume: token, plaintext }: JoinRequest, sid: string): Joined {
    if (token === undefined || !sameToken(token, seat.resume)) {
      throw placeRefused("id_taken");
    }
    const replaced = seat.sid;
    if (replaced !== undefined) this.#seats.delete(replaced);
    seat.sid = sid;
    seat.plaintext = plaintext === true;
    this.#graceEnds.delete(seat);
    this.#seats.set(sid, seat);
    room.version++;
    const replacing = replaced === undefined ? {} : { replaced };
    return { seat, ...listOf(room), created: false, resumed: true, ...replacing };
  }

  #open(name: string, expected: number): Room {
    const { maxRooms, maxMembers } = this.#limits;
    if (expected > maxMembers) {
      throw placeRefused("bad_expected", maxMembers);
    }
    if (this.#rooms.size >= maxRooms) {
      throw placeRefused("room_limit", maxRooms);
    }
    const sequence = this.#startAfter(name);
    const room: Room = { members: new Map(), order: [], expected, publicKeys: new Map(), sequence, version: 0 };
    this.#rooms.set(name, room);
    return room;
  }

  leave(sid: string): Departure | undefined {
    const seat = this.#seats.get(sid);
    return seat && this.#depart(seat);
  }

  disconnect(sid: string): Dropped | undefined {
    const seat = this.#seats.get(sid);
    if (!seat) return undefined;
    this.#seats.delete(sid);
    seat.sid = undefined;
    this.#graceEnds.set(seat, this.#now() + this.#limits.grace * 1000);
    const room = this.#existing(seat.room);
    room.version++;
    return { seat, ...listOf(room) };
  }

  overdue(): Overdue {
    const now = this.#now();
    const departed: Departure[] = [];
    for (const [seat, end] of this.#graceEnds) {
      if (end > now) break;
      departed.push(this.#depart(seat));
    }
    return { dropped: [], departed };
  }

  #depart(seat: Held): Departure {
    const { room: name, id } = seat;
    const room = this.#existing(name);
    const led = room.order[0] === id;
    if (seat.sid !== undefined) this.#seats.delete(seat.sid);
    this.#graceEnds.delete(seat);
    room.members.delete(id);
    room.publicKeys.delete(id);
    room.order = room.order.filter((other) => other !== id);
    room.version++;
    this.#members--;
    const next = room.order[0];
    if (next === undefined) {
      this.#rooms.delete(name);
      return { seat, left: undefined };
    }
    return { seat, left: listOf(room), ...(led ? { newLeader: room.members.get(next) } : {}) };
  }

  seatOf(sid: string): Seat | undefined {
    return this.#seats.get(sid);
  }

  member(room: string, id: MemberId): Seat | undefined {
    return this.#rooms.get(room)?.members.get(id);
  }

  userList(name: string): RoomList {
    return listOf(this.#existing(name));
  }

  keepPublicKey(seat: Seat, frame: string): void {
    this.#existing(seat.room).publicKeys.set(seat.id, frame);
  }

  publicKeys(name: string): readonly PublicKeyEntry[] {
    return [...this.#existing(name).publicKeys].map(([from, frame]) => ({ from, frame }));
  }

  allowsPlaintext(name: string): boolean {
    return [...this.#existing(name).members.values()].every(({ plaintext }) => plaintext);
  }

  nextSequence(name: string): number {
    return ++this.#existing(name).sequence;
  }

  lastSequence(name: string): number {
    return this.#existing(name).sequence;
  }

  get rooms(): number {
    return this.#rooms.size;
  }

  get members(): number {
    return this.#members;
  }

  #existing(name: string): Room {
    const room = this.#rooms.get(name);
    if (!room) throw new Error("The room does not exist; a handler asked for it without a seat in it.");
    return room;
  }
}

function listOf({ members: held, order, expected, version }: Room): RoomList {
  const members = order.map((id) => {
    const { username, sid } = held.get(id)!;
    return { id, username, online: sid !== undefined };
  });
  return { list: { members, leader: order[0], expected }, version };
}

function checkPlace(room: Room, username: string): void {
  if (room.members.size >= room.expected) {
    throw placeRefused("room_full", room.expected);
  }
  const folded = foldName(username);
  for (const member of room.members.values()) {
    if (foldName(member.username) === folded) {
      throw placeRefused("name_taken");
    }
  }
}

/** Constant time in the content, so that a token cannot be guessed character by character. */
function sameToken(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
