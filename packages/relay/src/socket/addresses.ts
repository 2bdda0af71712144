import { FILE_PART_BURST, FILE_PARTS_PER_SECOND, HANDSHAKES_PER_SECOND } from "../limits.js";
import type { LimitSettings } from "./limit-options.js";
import { TokenBucket } from "./token-bucket.js";

/** What is counted for a socket and for its address. */
export type Counted = "messages" | "files" | "joins";
export type Buckets = Readonly<Record<Counted, TokenBucket>>;
export type Rates = Pick<LimitSettings, "rate" | "joinRate">;

interface Address extends Buckets {
  readonly handshakes: TokenBucket;
  connections: number;
  usedAt: number;
}

/** After this time unused, every bucket is full again, and nothing is lost by forgetting it. */
const FORGET_AFTER = 60_000;

/** What one socket may send, or with a factor, all sockets of one address. */
export function bucketsFor({ rate, joinRate }: Rates, factor = 1, now?: () => number): Buckets {
  return {
    messages: new TokenBucket(factor * rate, factor * 2 * rate, now),
    files: new TokenBucket(factor * FILE_PARTS_PER_SECOND, factor * FILE_PART_BURST, now),
    joins: new TokenBucket((factor * joinRate) / 60, factor * joinRate, now),
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
    return address === undefined || this.#get(address)[what].take();
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
      address = { ...bucketsFor(this.#settings, addressFactor, this.#now), handshakes, connections: 0, usedAt: 0 };
      this.#addresses.set(name, address);
    }
    address.usedAt = this.#now();
    return address;
  }
}
