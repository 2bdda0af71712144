import { QsecError, type BlobId, type BlobPut } from "@qsec2/sdk/wire";
import type { RedisPlace } from "../redis/place.js";
import type { BlobStats, BlobStore, BlobSummary } from "./blob-store.js";
import { checkSize, refusal, type BlobLimits } from "./rules.js";
import * as scripts from "./redis-scripts.js";

const MIB = 2 ** 20;
const EXPIRED_AT_ONCE = 100;
type Totals = readonly [blobs: number, bytes: number];
type PutReply = readonly ["kept" | "complete" | "other_parts" | "room_full" | "all_full", Totals, number?];

/** Sealed files in the Redis that several relays have in common. */
export class RedisBlobs implements BlobStore {
  readonly #place: RedisPlace;
  readonly #limits: BlobLimits;
  #totals: Totals = [0, 0];
  #closed = false;

  constructor(place: RedisPlace, limits: BlobLimits) {
    this.#place = place;
    this.#limits = limits;
  }

  async put(room: string, { blob, part, parts }: BlobPut, sealed: Uint8Array): Promise<BlobSummary | undefined> {
    checkSize(parts, this.#limits);
    const { fileTtl, fileQuota, fileTotal } = this.#limits;
    const limits = [fileTtl * 1000, fileQuota * MIB, fileTotal * MIB];
    const reply = (await this.#place.run(scripts.PUT, room, blob, part, parts, sealed, ...limits)) as PutReply;
    const [outcome, totals, bytes = 0] = reply;
    this.#totals = totals;
    if (outcome === "complete") return { room, parts, bytes };
    if (outcome !== "kept") throw refusal(outcome, this.#limits);
    return undefined;
  }

  async have(room: string, blob: BlobId): Promise<{ readonly parts: number; readonly bitmap: Uint8Array }> {
    const reply = (await this.#place.run(scripts.HAVE, room, blob)) as [number, string[]] | null;
    if (reply === null) return { parts: 0, bitmap: new Uint8Array() };
    const [parts, fields] = reply;
    const bitmap = new Uint8Array(Math.ceil(parts / 8));
    for (const field of fields) if (/^\d+$/.test(field)) bitmap[Number(field) >> 3] |= 0x80 >> (Number(field) & 7);
    return { parts, bitmap };
  }

  async get(room: string, blob: BlobId, part: number): Promise<Uint8Array> {
    const sealed = (await this.#place.runForBytes(scripts.GET, room, blob, part)) as Buffer | null;
    if (sealed === null) throw new QsecError("unknown_blob", "The relay does not have this part of a file (any more).");
    return sealed;
  }

  async drop(room: string, blob: BlobId): Promise<void> {
    this.#totals = (await this.#place.run(scripts.DROP, room, blob)) as Totals;
  }

  async expire(): Promise<readonly BlobSummary[]> {
    if (this.#closed) return [];
    const reply = await this.#place.run(scripts.EXPIRE, EXPIRED_AT_ONCE);
    const [gone, totals] = reply as [(readonly [room: string, parts: number, bytes: number])[], Totals];
    this.#totals = totals;
    return gone.map(([room, parts, bytes]) => ({ room, parts, bytes }));
  }

  close(): void {
    this.#closed = true;
  }

  /** Of all relays, as this one has seen it last. */
  get stats(): BlobStats {
    const [blobs, bytes] = this.#totals;
    return { blobs, bytes };
  }
}
