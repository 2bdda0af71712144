import { QsecError, type BlobId, type BlobPut } from "@qsec2/sdk/wire";
import type { BlobStats, BlobStore, BlobSummary } from "./blob-store.js";
import { blobKey } from "./memory-rows.js";
import type { PartRow, PartRows } from "./part-rows.js";
import { checkSize, refusal, type BlobLimits } from "./rules.js";

const MIB = 2 ** 20;
interface Held {
  readonly room: string;
  readonly blob: BlobId;
  readonly parts: number;
  readonly expiresAt: number;
  readonly bitmap: Uint8Array;
  count: number;
  bytes: number;
}

/** The rules of a blob store over rows that hold the bytes. What is there is known by heart, the bytes are not. */
export class Blobs implements BlobStore {
  readonly #rows: PartRows;
  readonly #limits: BlobLimits;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();
  readonly #roomBytes = new Map<string, number>();
  #bytes = 0;
  /** No blob's time is over before this moment. */
  #nextExpiry = Infinity;
  #closed = false;

  /** @param now milliseconds since 1970 */
  constructor(rows: PartRows, limits: BlobLimits, now: () => number = Date.now) {
    this.#rows = rows;
    this.#limits = limits;
    this.#now = now;
    for (const row of rows.load()) this.#count(this.#heldOf(row), row);
  }

  put(room: string, { blob, part, parts }: BlobPut, bytes: Uint8Array): BlobSummary | undefined {
    checkSize(parts, this.#limits);
    const known = this.#live(room, blob);
    if (known && known.parts !== parts) throw refusal("other_parts", this.#limits);
    if (known && hasPart(known, part)) return undefined;
    if (!known) this.drop(room, blob); // what is left of one whose time is over
    this.#checkQuota(room, bytes.length);
    const expiresAt = known?.expiresAt ?? this.#now() + this.#limits.fileTtl * 1000;
    const row: PartRow = { room, blob, part, parts, bytes: bytes.length, expiresAt };
    this.#rows.add(row, bytes);
    const held = this.#heldOf(row);
    this.#count(held, row);
    return held.count === parts ? summaryOf(held) : undefined;
  }

  have(room: string, blob: BlobId): { readonly parts: number; readonly bitmap: Uint8Array } {
    const held = this.#live(room, blob);
    return held ? { parts: held.parts, bitmap: held.bitmap.slice() } : { parts: 0, bitmap: new Uint8Array() };
  }

  get(room: string, blob: BlobId, part: number): Uint8Array {
    const held = this.#live(room, blob);
    const sealed = held && hasPart(held, part) ? this.#rows.read(room, blob, part) : undefined;
    if (!sealed) throw new QsecError("unknown_blob", "The relay does not have this part of a file (any more).");
    return sealed;
  }

  drop(room: string, blob: BlobId): void {
    const held = this.#held.get(blobKey(room, blob));
    if (held) this.#forget(held);
  }

  expire(): readonly BlobSummary[] {
    if (this.#closed) return [];
    const now = this.#now();
    if (now < this.#nextExpiry) return [];
    const over = [...this.#held.values()].filter(({ expiresAt }) => expiresAt <= now);
    for (const held of over) this.#forget(held);
    if (over.length > 0) this.#rows.compact();
    let next = Infinity;
    for (const { expiresAt } of this.#held.values()) next = Math.min(next, expiresAt);
    this.#nextExpiry = next;
    return over.map(summaryOf);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rows.close();
  }

  get stats(): BlobStats {
    return { blobs: this.#held.size, bytes: this.#bytes };
  }

  /** The blob, unless its time is over: `expire` forgets it, and it is not served until then. */
  #live(room: string, blob: BlobId): Held | undefined {
    const held = this.#held.get(blobKey(room, blob));
    return held && held.expiresAt > this.#now() ? held : undefined;
  }

  #heldOf({ room, blob, parts, expiresAt }: PartRow): Held {
    const key = blobKey(room, blob);
    const held = this.#held.get(key) ?? {
      ...{ room, blob, parts, expiresAt },
      ...{ bitmap: new Uint8Array(Math.ceil(parts / 8)), count: 0, bytes: 0 },
    };
    this.#held.set(key, held);
    this.#nextExpiry = Math.min(this.#nextExpiry, expiresAt);
    return held;
  }

  #count(held: Held, { room, part, bytes }: PartRow): void {
    held.bitmap[part >> 3] |= 0x80 >> (part & 7);
    held.count++;
    held.bytes += bytes;
    this.#bytes += bytes;
    this.#roomBytes.set(room, (this.#roomBytes.get(room) ?? 0) + bytes);
  }

  #forget(held: Held): void {
    this.#rows.remove(held.room, held.blob);
    this.#held.delete(blobKey(held.room, held.blob));
    this.#bytes -= held.bytes;
    const left = (this.#roomBytes.get(held.room) ?? 0) - held.bytes;
    if (left > 0) this.#roomBytes.set(held.room, left);
    else this.#roomBytes.delete(held.room);
  }

  #checkQuota(room: string, bytes: number): void {
    const { fileQuota, fileTotal } = this.#limits;
    if ((this.#roomBytes.get(room) ?? 0) + bytes > fileQuota * MIB) throw refusal("room_full", this.#limits);
    if (this.#bytes + bytes > fileTotal * MIB) throw refusal("all_full", this.#limits);
  }
}

function hasPart({ bitmap, parts }: Held, part: number): boolean {
  return part < parts && (bitmap[part >> 3] & (0x80 >> (part & 7))) !== 0;
}

function summaryOf({ room, parts, bytes }: Held): BlobSummary {
  return { room, parts, bytes };
}
