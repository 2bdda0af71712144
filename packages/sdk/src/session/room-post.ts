import type { SealedMessage } from "../room/seal.js";
import type { Transport } from "../transport/transport.js";
import type { QsecErrorCode } from "../wire/errors.js";
import type { Accepted, Refusal } from "../wire/events.js";

/** Refusals to keep a message; passing it on is another matter. */
const NOT_KEPT: ReadonlySet<QsecErrorCode> = new Set(["history_disabled", "quota_exceeded", "not_supported"]);

export interface RoomPostHost {
  readonly transport: Transport;
  /** The relay has numbered a message of this session's. */
  numbered(seq: number | undefined): void;
  /** The relay does not keep what it is asked to keep. Told once for each link. */
  notKept(refusal: Refusal): void;
}

/** The way of sealed messages to the relay: to be kept, where their sender has said so in them, or only passed on. */
export class RoomPost {
  readonly #host: RoomPostHost;
  #isTold = false;
  #keeps = true;

  constructor(host: RoomPostHost) {
    this.#host = host;
  }

  /** Another link may lead to a relay that was set up anew. */
  linkUp(): void {
    this.#isTold = false;
    this.#keeps = true;
  }

  async send({ frame, kept }: SealedMessage): Promise<Accepted | Refusal> {
    const { transport } = this.#host;
    if (kept?.isKept === true && this.#keeps) {
      const reply = await transport.send({ event: "store_encrypted", header: {}, frame });
      if (reply.ok) return this.#accepted(reply);
      if (!NOT_KEPT.has(reply.code)) return reply;
      this.#keeps = reply.code === "quota_exceeded";
      if (!this.#isTold) this.#host.notKept(reply);
      this.#isTold = true;
    }
    // The same bytes: whoever is here reads them, and whoever is away learns later that something is missing.
    const reply = await transport.send({ event: "group_message", header: {}, frame });
    return reply.ok ? this.#accepted(reply) : reply;
  }

  #accepted(reply: Accepted): Accepted {
    this.#host.numbered(reply.seq);
    return reply;
  }
}
