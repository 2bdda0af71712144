import { QsecError } from "../../wire/errors.js";
import { bytesForBits, isPackedBits, setBit } from "../bits.js";
import type { Reconciled } from "../reconciliation.js";
import { KeyBits } from "./key-bits.js";
import { PassLayouts } from "./layout.js";
import type { CascadeSetting, ParityAnswers, ParityQuestions } from "./messages.js";
import { PassBits } from "./pass-bits.js";
import { cascadePlan, passOf, type CascadePlan } from "./variants.js";

export interface ResponderOptions extends CascadeSetting {
  /** Packed; not changed and not kept. */
  readonly key: Uint8Array;
  /** Shared with the corrector where both are in one process. */
  readonly layouts?: PassLayouts;
}

const STAGE = "Information reconciliation (Cascade)";

/** The side whose key is the reference (Alice): it answers questions for parities and counts what it tells. */
export class CascadeResponder {
  readonly #plan: CascadePlan;
  readonly #length: number;
  readonly #key: KeyBits;
  readonly #layouts: PassLayouts;
  readonly #passes: PassBits[] = [];
  #answered = 0;
  #over = false;

  /** @throws QsecError `bad_option`, `DECODE` */
  constructor({ variant, length, qber, seed, key, layouts }: ResponderOptions) {
    this.#plan = cascadePlan(variant, length, qber);
    if (!isPackedBits(key, length)) throw new QsecError("bad_option", `The key does not have ${length} packed bits.`);
    this.#length = length;
    this.#key = new KeyBits(key, length);
    this.#layouts = layouts ?? new PassLayouts(this.#plan, length, seed);
  }

  /** Parities told so far. */
  get answered(): number {
    return this.#answered;
  }

  /**
   * @throws QsecError `DECODE` for blocks that are not of a pass that has begun or is the next, `RECONCILE` for more
   * questions than the passes so far can need; nothing is told then
   */
  answer({ blocks }: ParityQuestions): ParityAnswers {
    if (this.#over) throw new QsecError("bad_state", "This run of Cascade is over.");
    const count = blocks.length / 3;
    const passes = this.#check(blocks);
    // A pass has at most as many parities that do not follow from others as the key has bits.
    if (this.#answered + count > passes * this.#length)
      throw new QsecError("RECONCILE", `${STAGE}: the other side asked for more parities than ${passes} passes need.`);
    while (this.#passes.length < passes)
      this.#passes.push(new PassBits(this.#key, this.#layouts.layout(this.#passes.length)));
    const parities = new Uint8Array(bytesForBits(count));
    for (let i = 0, at = 0; i < count; i++, at += 3) {
      if (this.#passes[blocks[at]].parity(blocks[at + 1], blocks[at + 2])) setBit(parities, i);
    }
    this.#answered += count;
    return { parities };
  }

  /** The key as it was, a new array; `leaked` counts the parities told. */
  result(): Reconciled {
    if (this.#over) throw new QsecError("bad_state", "This run of Cascade is over.");
    return { key: this.#key.pack(), length: this.#length, leaked: this.#answered };
  }

  /** Ends the run and zeroes what it holds of the key. */
  wipe(): void {
    this.#over = true;
    this.#key.wipe();
    for (const bits of this.#passes) bits.wipe();
  }

  /** @returns how many passes have begun with these questions */
  #check(blocks: Int32Array): number {
    if (blocks.length === 0 || blocks.length % 3 !== 0)
      throw new QsecError("DECODE", `${STAGE}: a question is three numbers for each block, and has a block.`);
    const next = this.#passes.length;
    const passes = blocks[0] === next ? next + 1 : next;
    let pass = -1;
    let size = 0;
    for (let at = 0; at < blocks.length; at += 3) {
      if (blocks[at] !== pass) {
        pass = blocks[at];
        size = pass >= 0 && pass < passes ? (passOf(this.#plan, pass)?.blockSize ?? 0) : 0;
      }
      const start = blocks[at + 1];
      const end = blocks[at + 2];
      const isBlock = size > 0 && start >= 0 && start < end && end <= this.#length;
      if (!isBlock || end > (Math.floor(start / size) + 1) * size)
        throw new QsecError("DECODE", `${STAGE}: the other side asked for a block that no pass so far has.`);
    }
    return passes;
  }
}
