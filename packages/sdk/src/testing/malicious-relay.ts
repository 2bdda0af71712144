/** A relay in memory that does to its members whatever a test says. Until it is told otherwise it is an honest one. */
import { MemoryBlobs } from "../transport/memory-blobs.js";
import { MemoryHistory } from "../transport/memory-history.js";
import type {
  BlobReply,
  BlobRequest,
  HistoryReply,
  Incoming,
  Outgoing,
  Transport,
  TransportListener,
} from "../transport/transport.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { Accepted, JoinRequest, MemberId, Refusal, RoomLogs, UserList, Welcome } from "../wire/events.js";
import type { FetchHistory } from "../wire/history-events.js";
import { foldName } from "../wire/names.js";

/** A message on its way from the relay to a member. */
export interface Passing {
  /** Under whose address it goes; null for what the relay says itself. */
  readonly from: MemberId | null;
  readonly to: MemberId;
  readonly message: Incoming;
}

/** What goes on in place of a message: itself, nothing, another, several. */
type Instead<T> = readonly T[];

interface Place {
  readonly id: MemberId;
  readonly username: string;
  readonly resume: string;
  readonly link: HostileLink;
  online: boolean;
  announce: Uint8Array | null;
}

interface HostileRoom {
  readonly expected: number;
  readonly places: Map<MemberId, Place>;
}

export class MaliciousRelay {
  /** Every byte string that a member has handed over: frames, parts of files, and headers as JSON. */
  readonly seen: Uint8Array[] = [];
  /** Every message that a member has sent, in order. */
  readonly sent: { readonly from: MemberId; readonly message: Outgoing }[] = [];
  /** What becomes of a message that a member sends. */
  onSent: (from: MemberId, message: Outgoing) => Instead<Outgoing> = (_, message) => [message];
  /** What it refuses to take from a member, and how. */
  refuses: (from: MemberId, message: Outgoing) => Refusal["code"] | null = () => null;
  /** What becomes of a message on its way to a member. */
  onPassing: (passing: Passing) => Instead<Incoming> = ({ message }) => [message];
  /** What a member is told of who is there. */
  listFor: (to: MemberId, list: UserList) => UserList = (_, list) => list;
  /** Into which of its rooms the relay puts somebody. */
  roomFor: (request: JoinRequest) => string = ({ room }) => room;
  /** What it answers about a part of a file. */
  onBlob: (request: BlobRequest, answer: BlobReply) => BlobReply = (_, answer) => answer;
  /** What it says that it has kept. */
  onHistory: (request: FetchHistory, answer: HistoryReply, to: MemberId) => HistoryReply = (_, answer) => answer;
  /** Whether it keeps names unique, as an honest relay does. */
  keepsNames = true;
  logs: RoomLogs = { entries: [] };
  readonly #rooms = new Map<string, HostileRoom>();
  readonly #links = new Set<HostileLink>();
  readonly #blobs = new MemoryBlobs();
  readonly #histories = new Map<string, MemoryHistory>();

  transport(): Transport {
    return new HostileLink(this, this.#links);
  }

  /** The frames that members have sent on an event, in order. */
  framesOf(event: Outgoing["event"], kind?: number, sender?: MemberId): Uint8Array[] {
    return this.sent.flatMap(({ from, message }) => {
      if (message.event !== event || !("frame" in message) || (sender !== undefined && from !== sender)) return [];
      return kind === undefined || message.frame[1] === kind ? [message.frame] : [];
    });
  }

  /** Ends every attack but what has been done already. */
  behave(): void {
    const honest = new MaliciousRelay();
    this.onSent = honest.onSent;
    this.refuses = honest.refuses;
    this.onPassing = honest.onPassing;
    this.listFor = honest.listFor;
    this.roomFor = honest.roomFor;
    this.onBlob = honest.onBlob;
    this.onHistory = honest.onHistory;
    for (const room of this.#rooms.values()) this.#tellList(room);
  }

  /** Gives a member a message of the relay's making; nothing intercepts it. */
  inject(to: MemberId, message: Incoming): void {
    this.#placeOf(to)?.link.deliver(message);
  }

  /** Passes on what was held back, as it is. */
  release({ to, message }: Passing): void {
    this.inject(to, message);
  }

  /** Shows everybody the list of members once more. */
  tellLists(): void {
    for (const room of this.#rooms.values()) this.#tellList(room);
  }

  /** Cuts a member's link; its place stays, as if it could come back. */
  cut(id: MemberId): void {
    const place = this.#placeOf(id)!;
    place.online = false;
    place.link.goDown();
    this.tellLists();
  }

  /** Brings a link back that was cut. */
  restore(id: MemberId): void {
    this.#placeOf(id)!.link.goUp();
  }

  /** Forgets everything, as a relay that was started again has. */
  restart(): void {
    for (const link of this.#links) link.goDown();
    this.#rooms.clear();
    for (const link of this.#links) link.goUp();
  }

  /** @ignore for links */
  join(link: HostileLink, request: JoinRequest): (Welcome & { readonly place: string }) | Refusal {
    const name = this.roomFor(request);
    const room = this.#rooms.get(name) ?? { expected: request.expected, places: new Map<MemberId, Place>() };
    const old = room.places.get(request.id);
    const resumed = old !== undefined && old.resume === request.resume;
    const others = [...room.places.values()].filter((place) => place !== old);
    const taken = others.some(({ username }) => foldName(username) === foldName(request.username));
    if (this.keepsNames && taken) return refusal("name_taken");
    if (old !== undefined && !resumed) return refusal("id_taken");
    if (old === undefined && room.places.size >= room.expected) return refusal("room_full");
    this.#rooms.set(name, room);
    const place: Place = {
      id: request.id,
      username: request.username,
      resume: old?.resume ?? crypto.randomUUID(),
      link,
      online: true,
      announce: old?.announce ?? null,
    };
    room.places.set(request.id, place);
    this.#tellList(room);
    const entries = [...room.places.values()].flatMap(({ id, announce }) =>
      announce === null || id === request.id ? [] : [{ from: id, frame: announce }],
    );
    this.#pass({ from: null, to: request.id, message: { event: "pubkeys", entries } }, room);
    const list = this.listFor(request.id, listOf(room));
    return { ok: true, ...list, room: request.room, resume: place.resume, resumed, recovered: false, place: name };
  }

  /** @ignore for links */
  leave(roomName: string, id: MemberId): void {
    const room = this.#rooms.get(roomName);
    if (room?.places.delete(id) !== true) return;
    if (room.places.size === 0) this.#rooms.delete(roomName);
    else this.#tellList(room, id);
  }

  /** @ignore for links */
  accept(roomName: string, from: MemberId, message: Outgoing): Accepted | Refusal {
    this.sent.push({ from, message: structuredClone(message) });
    this.seen.push(utf8(JSON.stringify(message.header)));
    if ("frame" in message) this.seen.push(message.frame.slice());
    if ("text" in message) this.seen.push(utf8(message.text));
    const room = this.#rooms.get(roomName);
    if (room === undefined) return refusal("not_joined");
    const code = this.refuses(from, message);
    if (code !== null) return refusal(code);
    for (const instead of this.onSent(from, message)) this.#spread(room, roomName, from, instead);
    return { ok: true };
  }

  /** @ignore for links */
  history(roomName: string, id: MemberId, request: FetchHistory): HistoryReply {
    return this.onHistory(request, this.#historyOf(roomName).page(request), id);
  }

  /** @ignore for links */
  store(roomName: string, request: BlobRequest): BlobReply {
    if ("bytes" in request) this.seen.push(request.bytes.slice());
    return this.onBlob(request, this.#blobs.answer(roomName, request));
  }

  #spread(room: HostileRoom, roomName: string, from: MemberId, message: Outgoing): void {
    switch (message.event) {
      case "announce_pubkey": {
        const { to } = message.header;
        const place = room.places.get(from);
        if (to === undefined && place !== undefined) place.announce = message.frame;
        const entries = [{ from, frame: message.frame }];
        return this.#tell(room, from, to, { event: "pubkeys", entries });
      }
      case "bb84_relay":
      case "roomkey_share":
      case "encrypted_message": {
        const event = message.event === "bb84_relay" ? "bb84_signal" : message.event;
        return this.#tell(room, from, message.header.to, { event, header: { from }, frame: message.frame });
      }
      case "store_encrypted": {
        const history = this.#historyOf(roomName);
        history.keep({ seq: history.nextSequence(), from, frame: message.frame.slice() });
        return this.#tell(room, from, undefined, { event: "group_message", header: { from }, frame: message.frame });
      }
      case "group_message":
        return this.#tell(room, from, undefined, { event: "group_message", header: { from }, frame: message.frame });
      case "relay": {
        const header = { from, ...message.header };
        return this.#tell(room, from, undefined, { event: "relay", header, frame: message.frame });
      }
      case "plain_message":
        return this.#tell(room, from, undefined, { event: "plain_message", header: { from }, text: message.text });
      case "leave":
        return this.leave(roomName, from);
      case "fetch_room_logs":
        return this.#pass({ from: null, to: from, message: { event: "room_logs", logs: this.logs } }, room);
      default:
        return undefined; // an audit claim
    }
  }

  #historyOf(roomName: string): MemoryHistory {
    const history = this.#histories.get(roomName) ?? new MemoryHistory();
    this.#histories.set(roomName, history);
    return history;
  }

  #tell(room: HostileRoom, from: MemberId, to: MemberId | undefined, message: Incoming): void {
    for (const id of room.places.keys()) {
      if (to === undefined ? id !== from : id === to) this.#pass({ from, to: id, message }, room);
    }
  }

  #pass(passing: Passing, room: HostileRoom): void {
    for (const message of this.onPassing(passing)) room.places.get(passing.to)?.link.deliver(message);
  }

  #tellList(room: HostileRoom, departed?: MemberId): void {
    const list = { ...listOf(room), ...(departed === undefined ? {} : { departed }) };
    for (const to of room.places.keys())
      this.#pass({ from: null, to, message: { event: "user_list", list: this.listFor(to, list) } }, room);
  }

  #placeOf(id: MemberId): Place | undefined {
    for (const { places } of this.#rooms.values()) if (places.has(id)) return places.get(id);
    return undefined;
  }
}

class HostileLink implements Transport {
  readonly #relay: MaliciousRelay;
  readonly #links: Set<HostileLink>;
  #listener: TransportListener | null = null;
  #joined: { readonly room: string; readonly id: MemberId } | null = null;
  #isUp = false;

  constructor(relay: MaliciousRelay, links: Set<HostileLink>) {
    this.#relay = relay;
    this.#links = links;
  }

  open(listener: TransportListener): void {
    this.#listener = listener;
    this.#links.add(this);
    this.goUp();
  }

  async join(request: JoinRequest): Promise<Welcome | Refusal> {
    const answer = this.#relay.join(this, request);
    if (!answer.ok) return answer;
    const { place, ...welcome } = answer;
    this.#joined = { room: place, id: request.id };
    return welcome;
  }

  async send(message: Outgoing): Promise<Accepted | Refusal> {
    const { room, id } = this.#place();
    return this.#relay.accept(room, id, message);
  }

  async blob(request: BlobRequest): Promise<BlobReply> {
    return this.#relay.store(this.#place().room, request);
  }

  async fetchHistory(request: FetchHistory): Promise<HistoryReply> {
    const { room, id } = this.#place();
    return this.#relay.history(room, id, request);
  }

  close(): void {
    this.#listener = null;
    this.#links.delete(this);
    if (this.#joined !== null) this.#relay.leave(this.#joined.room, this.#joined.id);
    this.#joined = null;
  }

  /** In a later turn, as a network would, and with frames that nobody else can change. */
  deliver(message: Incoming): void {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (this.#isUp) this.#listener?.receive(copy);
    });
  }

  goUp(): void {
    this.#isUp = true;
    setImmediate(() => this.#listener?.up());
  }

  goDown(): void {
    this.#isUp = false;
    this.#listener?.down("cut");
  }

  #place(): { readonly room: string; readonly id: MemberId } {
    if (this.#listener === null || this.#joined === null || !this.#isUp)
      throw new QsecError("link_lost", "The link to the relay is closed.");
    return this.#joined;
  }
}

function listOf({ places, expected }: HostileRoom): UserList {
  const members = [...places.values()].map(({ id, username, online }) => ({ id, username, online }));
  return { members, leader: members[0].id, expected };
}

function refusal(code: Refusal["code"]): Refusal {
  return { ok: false, code, message: "The relay refuses." };
}
