import { QsecError } from "../wire/errors.js";
import { bitAt, bytesForBits, isPackedBits, setBit, weight } from "./bits.js";
import { golayErrorPattern, golaySyndrome } from "./golay.js";
import type { RandomBytes } from "./random.js";

/** What a raw key became. */
export interface Reconciled {
  /** What goes into the session's key, packed; the same on both sides if all went well. */
  readonly key: Uint8Array;
  /** Bits that were reconciled: those of `key`, or those that privacy amplification made it of. */
  readonly length: number;
  /** Bits of information about the reconciled bits that the other side was told. */
  readonly leaked: number;
}

/** What the sender's choice of a code depends on. */
export interface SyndromeOptions {
  /** The error rate to expect, 0 … 1. */
  readonly qber: number;
  readonly random: RandomBytes;
}

/** One-way information reconciliation: the sender tells syndromes, the receiver corrects or discards. */
export interface Reconciliation {
  /** Sender: what to tell of a raw key of `length` bits. */
  readonly syndromes: (raw: Uint8Array, length: number, options: SyndromeOptions) => Uint8Array;
  /**
   * Receiver.
   * @param qber the error rate of the sample, 0 … 0.11
   * @throws QsecError `DECODE` unless the syndromes are those of a raw key of `length` bits, `RECONCILE` for errors that
   * cannot be corrected
   */
  readonly correct: (
    raw: Uint8Array,
    length: number,
    syndromes: Uint8Array,
    qber: number,
  ) => Reconciled & { keepMask: Uint8Array };
  /**
   * Sender: what the receiver kept.
   * @param syndromes what it was told
   * @throws QsecError `DECODE` unless the mask has one bit per block
   */
  readonly keep: (raw: Uint8Array, length: number, keepMask: Uint8Array, syndromes: Uint8Array) => Reconciled;
}

const NOTHING = new Uint8Array(0);

/** `classic`: the raw key as it is; an error that is left shows when the keys are confirmed. */
export const noReconciliation = {
  syndromes: () => NOTHING,
  correct(raw, length, syndromes) {
    if (syndromes.length !== 0) throw new QsecError("DECODE", "The classic profile has no syndromes.");
    return { key: raw.slice(), length, leaked: 0, keepMask: NOTHING };
  },
  keep(raw, length, keepMask) {
    if (keepMask.length !== 0) throw new QsecError("DECODE", "The classic profile has no keep mask.");
    return { key: raw.slice(), length, leaked: 0 };
  },
} satisfies Reconciliation;

const BLOCK_BITS = 24;
const BLOCK_BYTES = 3;
const SYNDROME_BITS = 12;

/**
 * `golay`: blocks of 24 bits, the tail dropped; a syndrome as a u16 per block, one keep bit per block. Only the
 * syndromes of kept blocks count as leaked: a discarded block takes its syndrome with it.
 */
export const golayReconciliation = {
  syndromes(raw, length) {
    const blocks = blocksOf(length);
    const out = new Uint8Array(blocks * 2);
    const view = new DataView(out.buffer);
    for (let i = 0; i < blocks; i++) view.setUint16(i * 2, golaySyndrome(wordAt(raw, i)));
    return out;
  },

  correct(raw, length, syndromes) {
    const theirs = parseSyndromes(syndromes, blocksOf(length));
    const keepMask = new Uint8Array(bytesForBits(theirs.length));
    const corrected = raw.slice(0, theirs.length * BLOCK_BYTES);
    theirs.forEach((syndrome, i) => {
      const word = wordAt(raw, i);
      const error = golayErrorPattern(syndrome ^ golaySyndrome(word));
      if (error === null) return;
      setBit(keepMask, i);
      writeWord(corrected, i, word ^ error);
    });
    const reconciled = keepBlocks(corrected, keepMask);
    corrected.fill(0);
    return { ...reconciled, keepMask };
  },

  keep(raw, length, keepMask) {
    if (!isPackedBits(keepMask, blocksOf(length)))
      throw new QsecError("DECODE", "The keep mask does not have one bit per block.");
    return keepBlocks(raw, keepMask);
  },
} satisfies Reconciliation;

function blocksOf(length: number): number {
  return Math.floor(length / BLOCK_BITS);
}

function wordAt(bits: Uint8Array, block: number): number {
  const at = block * BLOCK_BYTES;
  return (bits[at] << 16) | (bits[at + 1] << 8) | bits[at + 2];
}

function writeWord(bits: Uint8Array, block: number, word: number): void {
  bits.set([word >>> 16, (word >>> 8) & 0xff, word & 0xff], block * BLOCK_BYTES);
}

function keepBlocks(bits: Uint8Array, keepMask: Uint8Array): Reconciled {
  const kept = weight(keepMask);
  const key = new Uint8Array(kept * BLOCK_BYTES);
  for (let block = 0, out = 0; out < kept; block++) {
    if (bitAt(keepMask, block)) writeWord(key, out++, wordAt(bits, block));
  }
  return { key, length: kept * BLOCK_BITS, leaked: kept * SYNDROME_BITS };
}

function parseSyndromes(bytes: Uint8Array, blocks: number): number[] {
  if (bytes.length !== blocks * 2) throw new QsecError("DECODE", "There must be one syndrome per block.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = Array.from({ length: blocks }, (_, i) => view.getUint16(i * 2));
  if (out.some((syndrome) => syndrome >>> SYNDROME_BITS !== 0))
    throw new QsecError("DECODE", "A syndrome has 12 bits.");
  return out;
}
