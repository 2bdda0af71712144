import { QsecError } from "../../wire/errors.js";
import { wordsForBits } from "../packed-words.js";
import { bitMask, wordWeight } from "./bit-words.js";
import { fillWords, generatorFor, randomOrder, SEED_BYTES, shuffle, type GeneratorState } from "./generator.js";
import { half, passOf, type CascadePlan } from "./variants.js";

/**
 * Where the bits of a key lie in one pass: a permutation of 0 … n − 1, read as blocks one after the other. Both sides
 * derive it from the seed.
 */
export interface PassLayout {
  readonly length: number;
  readonly blockSize: number;
  /** The key bit at each position: of a pass in halves, in those that were put in order; of the identity, none. */
  readonly indexes: Int32Array;
  /** Whether every key bit is at its own place. */
  readonly isIdentity: boolean;
  /** The key bits of each of the two halves, in words of 32; null where all positions are known from the start. */
  readonly halves: readonly [Int32Array, Int32Array] | null;
  /** Puts the half (0, 1) that this position is in in order, if it is not. */
  order(position: number): void;
  /** The key bit at a position; of a pass in halves, in a half that was put in order. */
  indexAt(position: number): number;
  /** The position of a key bit; the first of its half where that is not in order. */
  positionOf(index: number): number;
}

/** Hands out arrays of which every place will be written before it is read. */
export interface IndexMemory {
  take(length: number): Int32Array;
}

const NO_INDEXES = new Int32Array(0);
const freshMemory: IndexMemory = { take: (length) => new Int32Array(length) };

/** The layouts of one run, each derived when it is first asked for. The two sides of one process can share them. */
export class PassLayouts {
  readonly #plan: CascadePlan;
  readonly #length: number;
  readonly #seed: Uint8Array;
  readonly #memory: IndexMemory;
  readonly #layouts: PassLayout[] = [];

  /**
   * @param memory where the arrays come from; what is taken is not given back
   * @throws QsecError `DECODE` unless the seed has 16 bytes
   */
  constructor(plan: CascadePlan, length: number, seed: Uint8Array, memory: IndexMemory = freshMemory) {
    if (seed.length !== SEED_BYTES) throw new QsecError("DECODE", `The seed of Cascade has ${SEED_BYTES} bytes.`);
    this.#plan = plan;
    this.#length = length;
    this.#seed = seed.slice();
    this.#memory = memory;
  }

  /** @param pass one that the plan has, from 0 */
  layout(pass: number): PassLayout {
    return (this.#layouts[pass] ??= this.#derive(pass));
  }

  #derive(pass: number): PassLayout {
    const { blockSize } = passOf(this.#plan, pass)!;
    const length = this.#length;
    const generator = generatorFor(this.#seed, pass);
    // As published, the first pass takes the key as it is.
    if (pass === 0) return new IdentityLayout(length, blockSize);
    if (blockSize === half(length) && blockSize < length) return new HalvedLayout(length, generator, this.#memory);
    return new ShuffledLayout(length, blockSize, generator, this.#memory);
  }
}

class IdentityLayout implements PassLayout {
  readonly isIdentity = true;
  readonly halves = null;
  readonly indexes = NO_INDEXES;

  readonly length: number;
  readonly blockSize: number;

  constructor(length: number, blockSize: number) {
    this.length = length;
    this.blockSize = blockSize;
  }

  order(): void {}

  indexAt(position: number): number {
    return position;
  }

  positionOf(index: number): number {
    return index;
  }
}

class ShuffledLayout implements PassLayout {
  readonly length: number;
  readonly blockSize: number;
  readonly indexes: Int32Array;
  readonly isIdentity = false;
  readonly halves = null;
  readonly #positions: Int32Array;

  constructor(length: number, blockSize: number, generator: GeneratorState, memory: IndexMemory) {
    this.length = length;
    this.blockSize = blockSize;
    const indexes = (this.indexes = memory.take(length));
    const positions = (this.#positions = memory.take(length));
    randomOrder(indexes, generator);
    notePositions(indexes, positions, 0, length);
  }

  order(): void {}

  indexAt(position: number): number {
    return this.indexes[position];
  }

  positionOf(index: number): number {
    return this.#positions[index];
  }
}

/**
 * Two blocks, each half of the key. Most passes over halves find nothing, and then only who is in which half matters: a
 * random half is drawn 32 bits at a time, and put in random order only when it is searched. The outcome is distributed
 * as that of a shuffle of the whole.
 */
class HalvedLayout implements PassLayout {
  readonly length: number;
  readonly blockSize: number;
  readonly indexes: Int32Array;
  readonly isIdentity = false;
  readonly #positions: Int32Array;
  readonly halves: readonly [Int32Array, Int32Array];
  readonly #orders: readonly [GeneratorState, GeneratorState];
  readonly #ordered = [false, false];

  constructor(length: number, generator: GeneratorState, memory: IndexMemory) {
    this.length = length;
    this.blockSize = half(length);
    this.indexes = memory.take(length);
    this.#positions = memory.take(length);
    const first = randomSubset(length, this.blockSize, generator);
    this.halves = [first, complement(first, length)];
    // Each half has an order of its own, whichever of the two is searched first.
    const seeds = new Int32Array(8);
    fillWords(seeds, generator);
    this.#orders = [seeds.slice(0, 4), seeds.slice(4)];
  }

  order(position: number): void {
    const block = position < this.blockSize ? 0 : 1;
    if (this.#ordered[block]) return;
    this.#ordered[block] = true;
    const start = block * this.blockSize;
    const end = block === 0 ? this.blockSize : this.length;
    const { indexes } = this;
    const positions = this.#positions;
    writeMembers(this.halves[block], indexes, start);
    shuffle(indexes.subarray(start, end), this.#orders[block]);
    notePositions(indexes, positions, start, end);
  }

  indexAt(position: number): number {
    return this.indexes[position];
  }

  positionOf(index: number): number {
    const block = (this.halves[1][index >>> 5] & bitMask(index)) === 0 ? 0 : 1;
    return this.#ordered[block] ? this.#positions[index] : block * this.blockSize;
  }
}

/** Inverts `indexes` at positions start … end − 1: four at a time, which takes a third of the time. */
function notePositions(indexes: Int32Array, positions: Int32Array, start: number, end: number): void {
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const a = indexes[i];
    const b = indexes[i + 1];
    const c = indexes[i + 2];
    const d = indexes[i + 3];
    positions[a] = i;
    positions[b] = i + 1;
    positions[c] = i + 2;
    positions[d] = i + 3;
  }
  for (; i < end; i++) positions[indexes[i]] = i;
}

/**
 * A subset of `size` of `length`, each equally likely: fair coins, and then as many changed as there are too many or too
 * few, each of those equally likely.
 */
function randomSubset(length: number, size: number, generator: GeneratorState): Int32Array {
  const mask = new Int32Array(wordsForBits(length));
  fillWords(mask, generator);
  clearPadding(mask, length);
  let excess = -size;
  for (let i = 0; i < mask.length; i++) excess += wordWeight(mask[i]);
  const surplus = excess > 0;
  const draws = new Int32Array(64);
  for (let at = draws.length; excess !== 0; at++) {
    if (at === draws.length) {
      fillWords(draws, generator);
      at = 0;
    }
    const index = Math.floor(((draws[at] >>> 0) * length) / 2 ** 32);
    if (((mask[index >>> 5] & bitMask(index)) !== 0) !== surplus) continue;
    mask[index >>> 5] ^= bitMask(index);
    excess += surplus ? -1 : 1;
  }
  return mask;
}

function complement(mask: Int32Array, length: number): Int32Array {
  const out = new Int32Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = ~mask[i];
  clearPadding(out, length);
  return out;
}

function clearPadding(mask: Int32Array, length: number): void {
  if ((length & 31) !== 0) mask[mask.length - 1] &= -1 << (32 - (length & 31));
}

/** Writes the places of the ones, rising, from `at` on. */
function writeMembers(mask: Int32Array, out: Int32Array, at: number): void {
  let next = at;
  for (let i = 0; i < mask.length; i++) {
    for (let word = mask[i]; word !== 0;) {
      const place = Math.clz32(word);
      out[next++] = i * 32 + place;
      word &= ~bitMask(place);
    }
  }
}
