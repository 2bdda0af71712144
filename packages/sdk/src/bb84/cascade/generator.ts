/**
 * The repeatable generator behind the shuffles: sfc32 (Doty-Humphrey, PractRand), a fast generator of good statistics. It
 * keeps no secret; that it starts from a seed drawn after the qubits were sent is what makes the shuffles unforeseen.
 */

/** The state of the generator: four words. */
export type GeneratorState = Int32Array;

export const SEED_BYTES = 16;
const WARM_UP = 16;
const GOLDEN = 0x9e3779b9;
const TO_UNIT = 2 ** -32;

/** The generator of pass `pass`, 0 …, from a seed of 16 bytes. */
export function generatorFor(seed: Uint8Array, pass: number): GeneratorState {
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  const state = Int32Array.of(
    view.getUint32(0),
    view.getUint32(4),
    view.getUint32(8) ^ Math.imul(pass + 1, GOLDEN),
    view.getUint32(12),
  );
  fillWords(new Int32Array(WARM_UP), state);
  return state;
}

/** Fills `words` with random bits. */
export function fillWords(words: Int32Array, state: GeneratorState): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  for (let i = 0; i < words.length; i++) {
    const next = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + next) | 0;
    words[i] = next;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

/**
 * Fills `order` with 0 … n − 1 in random order, every order equally likely but for a bias below n·2⁻³²: Fisher–Yates
 * inside out. The generator is written out in the loops here because a call for each step would double their time.
 */
export function randomOrder(order: Int32Array, state: GeneratorState): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  const count = order.length;
  for (let i = 0; i < count; i++) {
    const next = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + next) | 0;
    const j = ((next >>> 0) * (i + 1) * TO_UNIT) | 0;
    order[i] = order[j];
    order[j] = i;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

/** Puts `items` in random order, as {@link randomOrder} does. */
export function shuffle(items: Int32Array, state: GeneratorState): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  const count = items.length;
  for (let i = 0; i < count; i++) {
    const next = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + next) | 0;
    const j = ((next >>> 0) * (i + 1) * TO_UNIT) | 0;
    const item = items[i];
    items[i] = items[j];
    items[j] = item;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
