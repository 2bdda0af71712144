/**
 * A relay in memory: for tests, demonstrations and pages that show several members at once. It keeps no log, and
 * the messages of rooms with history for as long as it lives itself.
 */
import { QsecError } from "../wire/errors.js";
import type { Accepted, JoinRequest, MemberId, Refusal, RelayMember, UserList, Welcome } from "../wire/events.js";
import { foldName } from "../wire/names.js";
import type { FetchHistory } from "../wire/history-events.js";
import { MemoryBlobs } from "./memory-blobs.js";
import { MemoryHistory } from "./memory-history.js";
import type {
  BlobReply,
  BlobRequest,
  HistoryReply,
  Incoming,
  Outgoing,
  Transport,
  TransportListener,
} from "./transport.js";

interface Place {
  readonly member: RelayMember;
  readonly link: MemoryTransport;
  readonly resume: string;
  announce: Uint8Array | null;
}

interface MemoryRoom {
  readonly expected: number;
  readonly places: Map<MemberId, Place>;
}

/** A relay in memory; each session gets a transport of it. */
export interface MemoryRelay {
  /** A new link to this relay, for one session. */
  transport(): Transport;
  /** Sees every message that reaches the relay, with the sender. For tests. */
  onMessage: ((from: MemberId, message: Outgoing) => void) | null;
}

/**
 * A relay in memory, for tests of an application: it passes on between the sessions of one process what a real relay
 * would.
 */
export function createMemoryRelay(): MemoryRelay {
  const hub = new MemoryHub();
  return {
    transport: () => new MemoryTransport(hub),
    get onMessage() {
      return hub.onMessage;
    },
    set onMessage(observer) {
      hub.onMessage = observer;
    },
  };
}

class MemoryHub {
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #histories = new Map<string, MemoryHistory>();
  readonly blobs = new MemoryBlobs();
  onMessage: MemoryRelay["onMessage"] = null;

  join(link: MemoryTransport, request: JoinRequest): Welcome | Refusal {
    const room = this.#rooms.get(request.room) ?? {
      expected: request.expected,
      places: new Map<MemberId, Place>(),
    };
    const taken = [...room.places.values()].some(
      ({ member }) => foldName(member.username) === foldName(request.username),
    );
    if (taken) return refusal("name_taken", `Somebody called '${request.username}' is in this room already.`);
    if (room.places.has(request.id)) return refusal("id_taken", "This identity is in the room already.");
    if (room.places.size >= room.expected)
      return refusal("room_full", `This room is for ${room.expected} people and is full.`);
    this.#rooms.set(request.room, room);
    const member = { id: request.id, username: request.username, online: true };
    const place: Place = { member, link, resume: crypto.randomUUID(), announce: null };
    room.places.set(request.id, place);
    this.#tellList(room);
    const entries = [...room.places].flatMap(([from, { announce }]) =>
      announce === null || from === request.id ? [] : [{ from, frame: announce }],
    );
    link.deliver({ event: "pubkeys", entries });
    return { ok: true, ...listOf(room), room: request.room, resume: place.resume, resumed: false, recovered: false };
  }

  leave(roomName: string, id: MemberId): void {
    const room = this.#rooms.get(roomName);
    if (room?.places.delete(id) !== true) return;
    if (room.places.size === 0) this.#rooms.delete(roomName);
    else this.#tellList(room, id);
  }

  send(roomName: string, from: MemberId, message: Outgoing): Accepted | Refusal {
    this.onMessage?.(from, message);
    const room = this.#rooms.get(roomName);
    if (room === undefined) return refusal("not_joined", "Join a room first.");
    switch (message.event) {
      case "announce_pubkey": {
        const { to } = message.header;
        if (to === undefined) room.places.get(from)!.announce = message.frame;
        this.#tell(room, from, to, { event: "pubkeys", entries: [{ from, frame: message.frame }] });
        return { ok: true };
      }
      case "bb84_relay":
      case "roomkey_share":
      case "encrypted_message": {
        const event = message.event === "bb84_relay" ? "bb84_signal" : message.event;
        if (!room.places.has(message.header.to)) return refusal("unknown_member", "This member is not in the room.");
        this.#tell(room, from, message.header.to, { event, header: { from }, frame: message.frame });
        return { ok: true };
      }
      case "group_message":
      case "store_encrypted": {
        const history = this.history(roomName);
        const seq = history.nextSequence();
        if (message.event === "store_encrypted") history.keep({ seq, from, frame: message.frame.slice() });
        this.#tell(room, from, undefined, { event: "group_message", header: { from, seq }, frame: message.frame });
        return { ok: true, seq };
      }
      case "relay":
        this.#tell(room, from, undefined, {
          event: "relay",
          header: { from, ...message.header },
          frame: message.frame,
        });
        return { ok: true };
      case "plain_message":
        return refusal("plaintext_disabled", "This relay passes on sealed messages only.");
      case "leave":
        this.leave(roomName, from);
        return { ok: true };
      case "fetch_room_logs":
        room.places.get(from)!.link.deliver({ event: "room_logs", logs: { entries: [] } });
        return { ok: true };
      default:
        return { ok: true }; // an audit claim: this relay keeps no log
    }
  }

  history(roomName: string): MemoryHistory {
    const history = this.#histories.get(roomName) ?? new MemoryHistory();
    this.#histories.set(roomName, history);
    return history;
  }

  #tell(room: MemoryRoom, from: MemberId, to: MemberId | undefined, message: Incoming): void {
    for (const [id, { link }] of room.places) if (to === undefined ? id !== from : id === to) link.deliver(message);
  }

  #tellList(room: MemoryRoom, departed?: MemberId): void {
    const list = listOf(room);
    for (const { link } of room.places.values())
      link.deliver({ event: "user_list", list: departed === undefined ? list : { ...list, departed } });
  }
}

class MemoryTransport implements Transport {
  readonly #hub: MemoryHub;
  #listener: TransportListener | null = null;
  #joined: { room: string; id: MemberId } | null = null;

  constructor(hub: MemoryHub) {
    this.#hub = hub;
  }

  open(listener: TransportListener): void {
    this.#listener = listener;
    queueMicrotask(() => this.#listener?.up());
  }

  async join(request: JoinRequest): Promise<Welcome | Refusal> {
    const answer = this.#hub.join(this, request);
    if (answer.ok) this.#joined = { room: request.room, id: request.id };
    return Promise.resolve(answer);
  }

  async send(message: Outgoing): Promise<Accepted | Refusal> {
    if (this.#listener === null) throw new QsecError("link_lost", "The link to the relay is closed.");
    if (this.#joined === null) return refusal("not_joined", "Join a room first.");
    const { room, id } = this.#joined;
    if (message.event === "leave") this.#joined = null;
    return Promise.resolve(this.#hub.send(room, id, message));
  }

  async blob(request: BlobRequest): Promise<BlobReply> {
    if (this.#listener === null) throw new QsecError("link_lost", "The link to the relay is closed.");
    if (this.#joined === null) return refusal("not_joined", "Join a room first.");
    const answer = this.#hub.blobs.answer(this.#joined.room, request);
    // In a later turn, as a network would.
    return new Promise((resolve) => setTimeout(() => resolve(answer), 0));
  }

  async fetchHistory(request: FetchHistory): Promise<HistoryReply> {
    if (this.#listener === null) throw new QsecError("link_lost", "The link to the relay is closed.");
    if (this.#joined === null) return refusal("not_joined", "Join a room first.");
    const page = this.#hub.history(this.#joined.room).page(request);
    return new Promise((resolve) => setTimeout(() => resolve(page), 0));
  }

  close(): void {
    this.#listener = null;
    if (this.#joined !== null) this.#hub.leave(this.#joined.room, this.#joined.id);
    this.#joined = null;
  }

  /** In a later turn, as a network would, and with frames that nobody else can change. */
  deliver(message: Incoming): void {
    const copy = structuredClone(message);
    setTimeout(() => this.#listener?.receive(copy), 0);
  }
}

function listOf({ places, expected }: MemoryRoom): UserList {
  const members = [...places.values()].map(({ member }) => member);
  return { members, leader: members[0].id, expected };
}

function refusal(code: Refusal["code"], message: string): Refusal {
  return { ok: false, code, message };
}
