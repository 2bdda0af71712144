import { encodeWant } from "../handshake/abort.js";
import { Announcement } from "../handshake/announce.js";
import { equalBytes } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import type { ExchangeHost } from "./exchange-host.js";
import { ANNOUNCE_LIFETIME } from "./timing.js";

/** This member's standing offer to be called: one unused one-time key at a time. */
export class OwnAnnounce {
  readonly #host: ExchangeHost;
  #current: Announcement | null = null;
  #since = 0;

  constructor(host: ExchangeHost) {
    this.#host = host;
  }

  get isOffered(): boolean {
    return this.#current !== null;
  }

  /** Offers a fresh key to the room; an older one that nobody used is burnt. */
  offer(now: number): void {
    this.#current?.burn();
    this.#current = new Announcement(this.#host.room, this.#host.self.id, this.#host.random);
    this.#since = now;
    this.#host.effects.send({ event: "announce_pubkey", header: {}, frame: this.#current.frame });
  }

  /** Sends the standing offer to one member that asked for it. */
  offerTo(to: MemberId): void {
    if (this.#current !== null)
      this.#host.effects.send({ event: "announce_pubkey", header: { to }, frame: this.#current.frame });
  }

  /** The offer with this hash, which is no longer offered from now on: one announce serves one handshake. Null: STALE. */
  take(hash: Uint8Array): Announcement | null {
    const current = this.#current;
    if (current === null || !equalBytes(hash, current.hash)) return null;
    this.#current = null;
    return current;
  }

  /** Whether an ABORT means the standing offer: H("announce", AN)[0..8]. */
  isNamedBy(reference: Uint8Array): boolean {
    return this.#current !== null && equalBytes(this.#current.hash.slice(0, 8), reference);
  }

  /** Asks a peer for its offer. */
  ask(to: MemberId): void {
    this.#host.effects.send({ event: "bb84_relay", header: { to }, frame: encodeWant(this.#host.self.id) });
  }

  tick(now: number): void {
    if (this.#current !== null && now >= this.#since + ANNOUNCE_LIFETIME) this.offer(now);
  }

  nextWake(): number | null {
    return this.#current === null ? null : this.#since + ANNOUNCE_LIFETIME;
  }

  wipe(): void {
    this.#current?.burn();
    this.#current = null;
  }
}
