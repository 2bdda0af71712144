/** One epoch as a member holds it: the signed commit and one sender Chain per member. */
import { base32crockford } from "@scure/base";
import { Chain } from "../crypto/chain.js";
import { expand } from "../crypto/kdf.js";
import { wipe } from "../crypto/wipe.js";
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { u16 } from "../wire/writer.js";
import { commitHash, hasHistory, rosterIndex, type EpochCommit } from "./epoch-commit.js";
import { exportedKey, exporterSecret } from "./exporter.js";

export const KID_BYTES = 8;

export class Epoch {
  readonly commit: EpochCommit;
  /** h = H("epoch", commit), 32 bytes: in every signature and in the additional data of every message. */
  readonly hash: Uint8Array;
  readonly ownIndex: number;
  readonly #chains: readonly Chain[];
  readonly #exporterSecret: Uint8Array;
  #wiped = false;
  /** How many messages this member has sealed in this epoch that are to be kept. */
  kept = 0;

  /** Derives all sender Chains and the exporter secret; `roomKey` is wiped, so that nothing older than a Chain's position can be opened again. */
  constructor(commit: EpochCommit, encoded: Uint8Array, roomKey: Uint8Array, ownId: Uint8Array) {
    this.commit = commit;
    this.hash = commitHash(encoded);
    this.ownIndex = rosterIndex(commit.roster, ownId);
    this.#chains = commit.roster.map((_, index) => new Chain(senderKey(roomKey, this.hash, index)));
    this.#exporterSecret = exporterSecret(roomKey, this.hash);
    wipe(roomKey);
  }

  get number(): number {
    return this.commit.epoch;
  }

  /** Whether this epoch's messages are kept. */
  get history(): boolean {
    return hasHistory(this.commit);
  }

  get leader() {
    return this.commit.roster[0];
  }

  get kid(): Uint8Array {
    return this.hash.slice(0, KID_BYTES);
  }

  /** The first 20 bytes of h in Crockford base32, eight groups of four: equal on all screens if roster and key are. */
  get roomCode(): string {
    return base32crockford.encode(this.hash.subarray(0, 20)).match(/.{4}/g)!.join(" ");
  }

  /** Per roster index, the lowest sequence number of that sender that has not passed here. */
  get progress(): number[] {
    return this.#chains.map((chain) => chain.contiguous);
  }

  /** How many messages were sealed in this epoch, as far as this member knows. */
  get messages(): number {
    return this.#chains.reduce((sum, chain) => sum + chain.next, 0);
  }

  chain(index: number): Chain | undefined {
    return this.#chains[index];
  }

  /** A key of the application's own, equal on all members. @throws QsecError `bad_option`, `destroyed` */
  exportKey(context: Uint8Array, length: number): Uint8Array {
    if (this.#wiped) throw new QsecError("destroyed", "The keys of this epoch are destroyed.");
    return exportedKey(this.#exporterSecret, context, length);
  }

  wipe(): void {
    this.#wiped = true;
    wipe(this.#exporterSecret);
    for (const chain of this.#chains) chain.wipe();
  }
}

/** sender chain i = Chain(Expand(room_key, "sender", h ‖ u16(i), 32)) */
export function senderKey(roomKey: Uint8Array, hash: Uint8Array, index: number): Uint8Array {
  return expand(roomKey, "sender", concat(hash, u16(index)), 32);
}
