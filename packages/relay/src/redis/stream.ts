import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import type { UserList } from "@qsec2/sdk/wire";
import type { RelayServer } from "../context.js";
import { REDIS_DEADLINE, STREAM_ENTRIES, STREAM_PROBE_INTERVAL, STREAM_READ_TIME } from "../limits.js";
import { badOption } from "../options.js";
import type { Spread } from "../socket/spread.js";
import { unavailable } from "./link.js";
import { loadRedisPackages } from "./load.js";
import { NewestLists } from "./newest-lists.js";
import { quiet } from "./quiet.js";
import { redisPlace } from "./url.js";

interface Packet {
  readonly data?: unknown;
}

/** What the emitters of Socket.IO give to an adapter. */
interface EmitOptions {
  readonly rooms: ReadonlySet<string>;
  readonly except?: ReadonlySet<string>;
  readonly flags?: Flags;
}

interface StreamMessage {
  readonly uid: string;
  readonly type: number;
  readonly data?: {
    readonly packet: Packet;
    readonly opts: { readonly rooms: readonly string[]; readonly flags?: Flags };
  };
}

interface Flags {
  readonly local?: boolean;
  /** The version of a list, on its way between relays. */
  readonly version?: number;
}

/** What is used of Socket.IO's stream adapter; its own types leave most of it out. */
interface StreamAdapter {
  readonly rooms: ReadonlyMap<string, unknown>;
  broadcast: (packet: Packet, options: EmitOptions) => Promise<void>;
  onMessage: (message: StreamMessage, offset?: string) => void;
  publishAndReturnOffset(message: object): Promise<string>;
  on(event: "delete-room", listener: (room: string) => void): void;
  close(): void;
}

const BROADCAST = 3;
/** No type of Socket.IO's. */
const PROBE = 99;

/**
 * Socket.IO's Redis Streams adapter, with two differences. What a relay emits comes to its own sockets as to all others:
 * out of the stream, so that the members of a room hear everything in one order. And of the lists of a room an older one
 * never follows a newer one.
 */
export class RedisStream implements Spread {
  readonly #client: Redis;
  readonly #copies: Redis[];
  readonly #adapter: StreamAdapter;
  readonly #lists = new NewestLists();
  /** The latest thing that was written to the stream; on one connection it is there after all others. */
  #latest: Promise<unknown> | undefined;
  #probed: (uid: string) => void = () => {};

  private constructor(client: Redis, copies: Redis[], adapter: StreamAdapter) {
    this.#client = client;
    this.#copies = copies;
    this.#adapter = adapter;
    const emitHere = adapter.broadcast.bind(adapter);
    const receive = adapter.onMessage.bind(adapter);
    adapter.broadcast = async (packet, options) => {
      if (options.flags?.local) return emitHere(packet, options);
      this.#write(packet, options);
    };
    adapter.onMessage = (message, offset) => {
      if (message.type === PROBE) return this.#probed(message.uid);
      // Its own, too: the adapter passes over those of its own name.
      if (message.type === BROADCAST) this.#receive({ ...message, uid: "" }, (mine) => receive(mine, offset));
      else receive(message, offset);
    };
    adapter.on("delete-room", (room) => this.#lists.forget(room));
  }

  /**
   * @param prefix begins the names of the stream and of the channels
   * @throws QsecError `bad_option` when the stream cannot be read
   */
  static async open(url: string, io: RelayServer, prefix: string): Promise<RedisStream> {
    const { Redis, createAdapter } = await loadRedisPackages();
    // What is written waits for Redis to come back: it is acknowledged to nobody until it is there.
    const options = { protocol: 2, maxRetriesPerRequest: null, socketTimeout: 5 * STREAM_READ_TIME } as const;
    const client = quiet(new Redis(url, options));
    client.on("error", () => {}); // the link beside it tells
    const copies: Redis[] = [];
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (...args) => {
      const copy = quiet(duplicate(...args));
      copies.push(copy);
      return copy;
    };
    const names = { streamName: `${prefix}stream`, channelPrefix: `${prefix}channel` };
    // Frames are text; a part of a file goes to the one who asks for it and never through the stream.
    const sizes = { maxLen: STREAM_ENTRIES, blockTimeInMs: STREAM_READ_TIME, onlyPlaintext: true, ...names };
    io.adapter(createAdapter(client, sizes) as unknown as Parameters<RelayServer["adapter"]>[0]);
    const stream = new RedisStream(client, copies, io.of("/").adapter as unknown as StreamAdapter);
    try {
      await stream.#begun(names.streamName);
    } catch (error) {
      stream.close();
      throw badOption(`The Redis at ${redisPlace(url)} cannot be used: ${(error as Error).message}`);
    }
    return stream;
  }

  list(channel: string, list: UserList, version: number): void {
    const options = { rooms: new Set([channel]), flags: { version } };
    this.#write({ type: 2, data: ["user_list", list] } as Packet, options);
  }

  async settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable()), REDIS_DEADLINE);
    });
    try {
      await Promise.race([this.#latest, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** May be called more than once. */
  close(): void {
    this.#adapter.close();
    for (const connection of [...this.#copies, this.#client]) connection.disconnect();
  }

  #write(packet: Packet, { rooms, except = new Set(), flags }: EmitOptions): void {
    const opts = { rooms: [...rooms], except: [...except], flags };
    const written = this.#adapter.publishAndReturnOffset({ type: BROADCAST, data: { packet, opts } });
    // Kept from ending the process where nobody waits for it; who waits hears of it.
    written.catch(() => {});
    this.#latest = written;
  }

  #receive(message: StreamMessage, emit: (message: StreamMessage) => void): void {
    const { packet, opts } = message.data!;
    const version = opts.flags?.version;
    if (version === undefined) return emit(message);
    const [channel] = opts.rooms;
    if (!this.#adapter.rooms.has(channel)) return;
    const [event, sent] = packet.data as [string, UserList];
    const list = this.#lists.pass(channel, sent, version);
    if (list) emit({ ...message, data: { packet: { ...packet, data: [event, list] }, opts } });
  }

  /** Until the reader has a place in the stream it may pass over what is written; this gives it one. */
  async #begun(stream: string): Promise<void> {
    const uid = randomBytes(12).toString("base64url");
    const seen = new Promise<void>((resolve) => {
      this.#probed = (probe) => probe === uid && resolve();
    });
    const probe = async (): Promise<unknown> => this.#client.xadd(stream, "*", "uid", uid, "nsp", "/", "type", PROBE);
    const timer = setInterval(() => void probe().catch(() => {}), STREAM_PROBE_INTERVAL);
    let late: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error("its stream gives no answer")), REDIS_DEADLINE);
    });
    try {
      await Promise.race([seen, deadline]);
    } finally {
      clearInterval(timer);
      clearTimeout(late);
    }
  }
}
