import type { Redis } from "ioredis";
import { QsecError } from "@qsec2/sdk/wire";
import { REDIS_CONNECT_DEADLINE, REDIS_DEADLINE } from "../limits.js";
import { badOption } from "../options.js";
import { loadRedisPackages } from "./load.js";
import { quiet } from "./quiet.js";
import type { Script } from "./script.js";
import { redisPlace } from "./url.js";

export interface LinkEvents {
  /** Redis can no longer be used, and why; never with what was sent to it. */
  readonly onFailure: (reason: string) => void;
  readonly onRecovery: () => void;
}

type Argument = string | number | Buffer;

/**
 * A connection to Redis that says when it fails and when it is back. A request waits for Redis to come back during
 * the first seconds of its absence; it is never repeated by itself, so that nothing is done twice and nothing is done after its asker has given up.
 */
export class RedisLink {
  readonly #client: Redis;
  readonly #events: LinkEvents;
  #failing = false;
  #failingSince = 0;
  /** How often Redis was back. */
  #recoveries = 0;
  #closed = false;

  private constructor(client: Redis, events: LinkEvents) {
    this.#client = client;
    this.#events = events;
    // Without a listener an error would end the process.
    client.on("error", (error: Error) => this.#failed(error.message));
    client.on("end", () => this.#failed("the connection has ended"));
    client.on("close", () => this.#failed("the connection is down"));
    client.on("ready", () => this.#worked());
  }

  /** @throws QsecError `bad_option` when the packages are missing or Redis does not answer */
  static async open(url: string, events: LinkEvents): Promise<RedisLink> {
    const { Redis } = await loadRedisPackages();
    const client = quiet(
      new Redis(url, {
        ...{ lazyConnect: true, protocol: 2, connectTimeout: REDIS_CONNECT_DEADLINE },
        ...{ enableOfflineQueue: false, autoResendUnfulfilledCommands: false, commandTimeout: REDIS_DEADLINE },
        retryStrategy: (times) => Math.min(50 * times, 1_000),
      }),
    );
    let first: string | undefined;
    client.on("error", (error: Error) => (first ??= error.message));
    try {
      await client.connect();
      await client.ping();
    } catch (error) {
      client.disconnect();
      const reason = first ?? (error as Error).message;
      // Without its cause: what ioredis throws has the command in it, and that may be the password.
      throw badOption(`The Redis at ${redisPlace(url)} cannot be used: ${reason}`);
    }
    return new RedisLink(client, events);
  }

  get isReady(): boolean {
    return !this.#failing;
  }

  /** @throws QsecError `draining` while Redis cannot be used: the same request may be made again */
  async run<T>(use: (client: Redis) => Promise<T>): Promise<T> {
    let since = this.#recoveries;
    try {
      await this.#ready();
      since = this.#recoveries;
      const answer = await use(this.#client);
      this.#worked();
      return answer;
    } catch (error) {
      const { message } = error as Error;
      // A fault of a script, not of Redis. A new error: this one has everything in it that was sent.
      if (message.startsWith("ERR ")) throw new Error(`Redis refuses a command: ${message}`);
      // What was asked of a connection before this one, and never answered, says nothing of this one.
      if (since === this.#recoveries) this.#failed(message);
      throw unavailable();
    }
  }

  /** Runs a script over keys that it makes itself from its arguments; the place for all of it is one Redis. */
  async eval({ sha, lua }: Script, args: readonly Argument[]): Promise<unknown> {
    return this.run(async (client) =>
      client.evalsha(sha, 0, ...args).catch((error: unknown) => unlessUnknown(error) ?? client.eval(lua, 0, ...args)),
    );
  }

  /** As {@link eval}, and every text of the answer comes as its bytes. */
  async evalForBytes({ sha, lua }: Script, args: readonly Argument[]): Promise<unknown> {
    return this.run(async (client) =>
      client
        .callBuffer("EVALSHA", sha, 0, ...args)
        .catch((error: unknown) => unlessUnknown(error) ?? client.callBuffer("EVAL", lua, 0, ...args)),
    );
  }

  /** May be called more than once. */
  close(): void {
    this.#closed = true;
    this.#client.disconnect();
  }

  async #ready(): Promise<void> {
    const client = this.#client;
    if (client.status === "ready") return;
    const patience = this.#failingSince + REDIS_DEADLINE - performance.now();
    if (this.#closed || patience <= 0) throw new Error("the connection is down");
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        client.off("ready", done);
        reject(new Error("the connection is down"));
      }, patience);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      client.once("ready", done);
    });
  }

  #failed(reason: string): void {
    if (this.#failing || this.#closed) return;
    this.#failing = true;
    this.#failingSince = performance.now();
    this.#events.onFailure(reason);
  }

  #worked(): void {
    if (!this.#failing || this.#closed) return;
    this.#failing = false;
    this.#recoveries++;
    this.#events.onRecovery();
  }
}

/** A Redis that was started again knows no scripts any more. */
function unlessUnknown(error: unknown): undefined {
  if (!(error as Error).message.startsWith("NOSCRIPT")) throw error;
}

/** The same request may be made again: by a client, after a while. */
export function unavailable(): QsecError {
  return new QsecError("draining", "The relay cannot reach its memory at the moment; try again soon.");
}
