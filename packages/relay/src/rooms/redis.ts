import { randomBytes } from "node:crypto";
import { foldName, QsecError, type JoinRequest, type MemberId, type PublicKeyEntry } from "@qsec2/sdk/wire";
import { RELAY_LIFE, SEATS_AT_ONCE } from "../limits.js";
import type { RedisPlace } from "../redis/place.js";
import type { Script } from "../redis/script.js";
import * as replies from "./redis-replies.js";
import * as scripts from "./redis-scripts.js";
import type { Departure, Dropped, Joined, Overdue, RegistryLimits, RoomList, RoomRegistry, Seat } from "./registry.js";
import { placeRefused } from "./refusals.js";

export interface RedisRoomsOptions {
  /** Told about a socket of this process whose seat is lost: it must join again. */
  readonly onLost: (sid: string) => void;
  /** Milliseconds without a sign of life after which a relay counts as dead. */
  readonly life?: number;
}

const NOTHING: Overdue = { dropped: [], departed: [] };

/** All rooms of all relays that have one Redis. This object is one relay's view of them. */
export class RedisRooms implements RoomRegistry {
  readonly #place: RedisPlace;
  readonly #limits: RegistryLimits;
  readonly #options: RedisRoomsOptions;
  /** What the sockets of this process hold, as far as it knows. */
  readonly #seats = new Map<string, Seat>();
  readonly #joining = new Set<string>();
  #relay = newName();
  #pulsing = false;
  /** Since when this relay has heard of the others without a gap; undefined after one. */
  #watchingSince: number | undefined;
  /** Whether Redis may think otherwise about the seats of this process than the process does. */
  #doubtful = false;
  #counts = { rooms: 0, members: 0 };

  private constructor(place: RedisPlace, limits: RegistryLimits, options: RedisRoomsOptions) {
    this.#place = place;
    this.#limits = limits;
    this.#options = options;
  }

  /** @throws QsecError `draining` when Redis cannot be used */
  static async open(place: RedisPlace, limits: RegistryLimits, options: RedisRoomsOptions): Promise<RedisRooms> {
    const rooms = new RedisRooms(place, limits, options);
    await rooms.#run(scripts.REGISTER, rooms.#relay);
    return rooms;
  }

  async join(request: JoinRequest, sid: string): Promise<Joined> {
    if (this.#seats.has(sid) || this.#joining.has(sid)) throw placeRefused("already_joined");
    const { room, id, username, expected, resume = "", plaintext = false } = request;
    const { maxRooms, maxMembers } = this.#limits;
    const who = [
      room,
      id,
      username,
      foldName(username),
      resume,
      newToken(),
      plaintext ? 1 : 0,
      sid,
      this.#relay,
    ] as const;
    this.#joining.add(sid);
    try {
      const reply = await this.#settling(scripts.JOIN, ...who, expected, maxRooms, maxMembers);
      const [outcome, detail, fields] = reply as replies.JoinReply;
      if (!fields) throw placeRefused(outcome as replies.JoinRefusal, Number(detail));
      const { list, version, seats } = replies.readRoom(room, fields);
      const seat = seats.get(id)!;
      const replaced = detail === "" ? undefined : (detail as string);
      if (replaced !== undefined) this.#seats.delete(replaced);
      this.#seats.set(sid, seat);
      const joined = { seat, list, version, created: outcome === "created", resumed: outcome === "resumed" };
      return replaced === undefined ? joined : { ...joined, replaced };
    } finally {
      this.#joining.delete(sid);
    }
  }

  async leave(sid: string): Promise<Departure | undefined> {
    const seat = this.#takeSeat(sid);
    if (!seat) return undefined;
    const reply = await this.#settling(scripts.LEAVE, seat.room, seat.id, sid);
    return reply ? replies.readDeparture(reply as replies.DepartReply) : undefined;
  }

  async disconnect(sid: string): Promise<Dropped | undefined> {
    const seat = this.#takeSeat(sid);
    return seat && this.#drop(seat.room, seat.id, sid);
  }

  async overdue(): Promise<Overdue> {
    if (this.#pulsing) return NOTHING;
    this.#pulsing = true;
    try {
      const { dropped, departed } = await this.#pulse();
      return { dropped: [...(await this.#reconcile()), ...dropped], departed };
    } catch (error) {
      this.#watchingSince = undefined;
      this.#doubtful = true;
      if (error instanceof QsecError) return NOTHING; // the link has told that Redis is away
      throw error;
    } finally {
      this.#pulsing = false;
    }
  }

  /** This relay stops: the others need not find out. */
  async resign(): Promise<void> {
    try {
      await this.#run(scripts.RESIGN, this.#relay);
    } catch (error) {
      if (!(error instanceof QsecError)) throw error; // without Redis the others find out
    }
  }

  seatOf(sid: string): Seat | undefined {
    return this.#seats.get(sid);
  }

  async member(room: string, id: MemberId): Promise<Seat | undefined> {
    const json = (await this.#run(scripts.MEMBER, room, id)) as string | null;
    return json === null ? undefined : replies.readSeat(room, id, json);
  }

  async userList(room: string): Promise<RoomList> {
    const { list, version } = await this.#room(room);
    return { list, version };
  }

  async keepPublicKey({ room, id, sid = "" }: Seat, frame: string): Promise<void> {
    await this.#run(scripts.KEEP_KEY, room, id, sid, frame);
  }

  async publicKeys(room: string): Promise<readonly PublicKeyEntry[]> {
    const fields = (await this.#run(scripts.KEYS, room)) as string[];
    return Array.from({ length: fields.length / 2 }, (_, i) => ({ from: fields[2 * i], frame: fields[2 * i + 1] }));
  }

  async allowsPlaintext(room: string): Promise<boolean> {
    const { seats } = await this.#room(room);
    return [...seats.values()].every(({ plaintext }) => plaintext);
  }

  nextSequence(room: string): Promise<number> {
    return this.#sequence(room, 1);
  }

  lastSequence(room: string): Promise<number> {
    return this.#sequence(room, 0);
  }

  get rooms(): number {
    return this.#counts.rooms;
  }

  get members(): number {
    return this.#counts.members;
  }

  async #pulse(): Promise<Overdue> {
    const { grace } = this.#limits;
    const life = this.#options.life ?? RELAY_LIFE;
    const now = performance.now();
    // A relay that was away itself, or Redis with it, must first hear of those that are there.
    const watched = this.#watchingSince !== undefined && now - this.#watchingSince >= life;
    const reply = await this.#run(scripts.PULSE, this.#relay, life, grace * 1000, watched ? 1 : 0, SEATS_AT_ONCE);
    const [known, dropped, departed, rooms, members] = reply as [
      number,
      replies.DropReply[],
      replies.DepartReply[],
      number,
      number,
    ];
    this.#watchingSince ??= now;
    this.#counts = { rooms, members };
    if (known === 0) await this.#beginAnew();
    const drops = dropped.filter(([, , fields]) => fields.length > 0);
    return { dropped: drops.map(replies.readDrop), departed: departed.map(replies.readDeparture) };
  }

  /** The others have given up this relay, or Redis has lost everything: no seat of this process counts any more. */
  async #beginAnew(): Promise<void> {
    this.#relay = newName();
    await this.#run(scripts.REGISTER, this.#relay);
    for (const sid of [...this.#seats.keys()]) this.#lose(sid);
  }

  /** After a time without Redis: gives back the seats that nobody sits on, and cuts the sockets whose seat is gone. */
  async #reconcile(): Promise<readonly Dropped[]> {
    if (!this.#doubtful) return [];
    const mine = [...this.#seats.keys()];
    const held = ((await this.#run(scripts.SEATS, this.#relay)) as string[]).map((seat) => seat.split(" "));
    this.#doubtful = false;
    const kept = new Set(held.map(([, , sid]) => sid));
    for (const sid of mine) if (!kept.has(sid)) this.#lose(sid);
    const strays = held.filter(([, , sid]) => !this.#seats.has(sid) && !this.#joining.has(sid));
    const drops = await Promise.all(strays.map(async ([room, id, sid]) => this.#drop(room, id, sid)));
    return drops.filter((drop) => drop !== undefined);
  }

  #lose(sid: string): void {
    if (this.#seats.delete(sid)) this.#options.onLost(sid);
  }

  #takeSeat(sid: string): Seat | undefined {
    const seat = this.#seats.get(sid);
    this.#seats.delete(sid);
    return seat;
  }

  async #drop(room: string, id: MemberId, sid: string): Promise<Dropped | undefined> {
    const reply = await this.#settling(scripts.DISCONNECT, room, id, sid, this.#limits.grace * 1000);
    return reply ? replies.readDrop(reply as replies.DropReply) : undefined;
  }

  async #sequence(room: string, add: number): Promise<number> {
    const last = (await this.#run(scripts.SEQUENCE, room, add)) as number | null;
    if (last === null) throw new QsecError("not_joined", "The room is gone; join it again.");
    return last;
  }

  async #room(room: string): Promise<replies.StoredRoom> {
    return replies.readRoom(room, (await this.#run(scripts.ROOM, room)) as string[]);
  }

  /** For what changes seats: when its outcome is not known, it is asked for later. */
  async #settling(script: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await this.#run(script, ...args);
    } catch (error) {
      this.#doubtful = true;
      throw error;
    }
  }

  #run(script: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#place.run(script, ...args);
  }
}

function newName(): string {
  return randomBytes(12).toString("base64url");
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}
