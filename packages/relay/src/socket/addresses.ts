import { FILE_PART_BURST, FILE_PARTS_PER_SECOND, HANDSHAKES_PER_SECOND } from "../limits.js";
import type { LimitSettings } from "./limit-options.js";
import { TokenBucket } from "./token-bucket.js";

/** What is counted for a socket and for its address. */
export type Counted = "messages" | "files" | "joins";
export type Rates = Pick<LimitSettings, "rate" | "joinRate">;

interface Address {
  readonly sent: Allowance;
  readonly handshakes: TokenBucket;
  connections: number;
  usedAt: number;
}

/** After this time unused, every bucket is full again, and nothing is lost by forgetting it. */
const FORGET_AFTER = 60_000;

/** What one socket may send, or with a factor, all sockets of one address. Few send everything: each bucket is made when it is needed. */
export class Allowance {
  readonly #rates: Rates;
  readonly #factor: number;
  readonly #now: (() => number) | undefined;
  readonly #buckets: Partial<Record<Counted, TokenBucket>> = {};

  /** @param now milliseconds from any fixed moment, never going back */
  constructor(rates: Rates, factor = 1, now?: () => number) {
    this.#rates = rates;
    this.#factor = factor;
    this.#now = now;
  }

  /** False when too much of it was sent. */
  take(what: Counted): boolean {
    return (this.#buckets[what] ??= this.#full(what)).take();
  }

  #full(what: Counted): TokenBucket {
    const [perSecond, burst] = allowed(this.#rates)[what];
    return new TokenBucket(this.#factor * perSecond, this.#factor * burst, this.#now);
  }
}

function allowed({ rate, joinRate }: Rates): Readonly<Record<Counted, readonly [perSecond: number, burst: number]>> {
  return {
    messages: [rate, 2 * rate],
    files: [FILE_PARTS_PER_SECOND, FILE_PART_BURST],
    joins: [joinRate / 60, joinRate],
  };
}

/** What each address has open and has sent. `undefined` is this machine itself, which has no limits of its own. */
export class Addresses {
  readonly #settings: Rates & Pick<LimitSettings, "maxPerAddress" | "addressFactor">;
  readonly #now: () => number;
  readonly #addresses = new Map<string, Address>();

  /** @param now milliseconds from any fixed moment, never going back */
  constructor(
    settings: Rates & Pick<LimitSettings, "maxPerAddress" | "addressFactor">,
    now: () => number = () => performance.now(),
  ) {
    this.#settings = settings;
    this.#now = now;
  }

  /** The limit that keeps a new connection out, if one does. It counts as a try in any case. */
  refusal(address: string | undefined): "address_connections" | "address_handshakes" | undefined {
    if (address === undefined) return undefined;
    const { handshakes, connections } = this.#get(address);
    if (!handshakes.take()) return "address_handshakes";
    return connections >= this.#settings.maxPerAddress ? "address_connections" : undefined;
  }

  enter(address: string | undefined): void {
    if (address !== undefined) this.#get(address).connections++;
  }

  leave(address: string | undefined): void {
    if (address !== undefined) this.#get(address).connections--;
  }

  /** False when the address has sent too much of it. */
  take(address: string | undefined, what: Counted): boolean {
    return address === undefined || this.#get(address).sent.take(what);
  }

  /** Forgets those who are gone for good. */
  sweep(): void {
    const before = this.#now() - FORGET_AFTER;
    for (const [name, { connections, usedAt }] of this.#addresses) {
      if (connections === 0 && usedAt <= before) this.#addresses.delete(name);
    }
  }

  get size(): number {
    return this.#addresses.size;
  }

  #get(name: string): Address {
    let address = this.#addresses.get(name);
    if (!address) {
      const { addressFactor, maxPerAddress } = this.#settings;
      const handshakes = new TokenBucket(HANDSHAKES_PER_SECOND, 2 * maxPerAddress, this.#now);
      const sent = new Allowance(this.#settings, addressFactor, this.#now);
      address = { sent, handshakes, connections: 0, usedAt: 0 };
      this.#addresses.set(name, address);
    }
    address.usedAt = this.#now();
    return address;
  }
}
