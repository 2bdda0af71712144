import { QsecError } from "../../wire/errors.js";
import { bitAt } from "../bits.js";
import { BlockTree } from "./block-tree.js";
import { doubled, type Candidates } from "./candidates.js";
import type { KeyBits } from "./key-bits.js";
import type { PassLayout, PassLayouts } from "./layout.js";
import type { CascadeBlock, CascadeObserver } from "./observer.js";
import { PassBits } from "./pass-bits.js";
import { passOf, type CascadePass, type CascadePlan } from "./variants.js";

interface Pass {
  readonly plan: CascadePass;
  readonly layout: PassLayout;
  readonly bits: PassBits;
  readonly tree: BlockTree;
}

export interface SearchParts {
  readonly plan: CascadePlan;
  /** Changed in place as errors are found. */
  readonly key: KeyBits;
  readonly layouts: PassLayouts;
  readonly candidates: Candidates;
  readonly observer: CascadeObserver | undefined;
}

/**
 * The search for errors: what is known of the blocks of all passes, and which to look into next. Blocks that it asks for
 * are triples: pass, first position, position after the last.
 */
export class CascadeSearch {
  readonly #plan: CascadePlan;
  readonly #key: KeyBits;
  readonly #layouts: PassLayouts;
  readonly #candidates: Candidates;
  readonly #observer: CascadeObserver | undefined;
  readonly #passes: Pass[] = [];
  /** For each key bit, 1 once it was corrected: it is the other side's then, and cannot be wrong again. */
  readonly #corrected: Uint8Array;
  /** Whether the number of errors in the whole key is odd, once the first pass has shown it. */
  #keyOdd = 0;
  #corrections = 0;
  /** The first halves that were asked for last, as triples, and in the same order the ends of the second. */
  #asked = new Int32Array(768);
  #ends = new Int32Array(256);
  #askedCount = 0;

  constructor({ plan, key, layouts, candidates, observer }: SearchParts) {
    this.#plan = plan;
    this.#key = key;
    this.#layouts = layouts;
    this.#candidates = candidates;
    this.#observer = observer;
    this.#corrected = new Uint8Array(key.length);
  }

  /** Passes begun. */
  get passes(): number {
    return this.#passes.length;
  }

  get corrections(): number {
    return this.#corrections;
  }

  /** Begins the next pass. @returns its blocks, whose parities are to be asked for */
  startPass(): Int32Array {
    const pass = this.#passes.length;
    const plan = passOf(this.#plan, pass)!;
    const layout = this.#layouts.layout(pass);
    const tree = new BlockTree(this.#key.length, plan.blockSize);
    this.#passes.push({ plan, layout, bits: new PassBits(this.#key, layout), tree });
    this.#observer?.passStarted?.(pass, plan.blockSize);
    const blocks = new Int32Array(tree.blocks * 3);
    for (let block = 0; block < tree.blocks; block++) {
      blocks[3 * block] = pass;
      blocks[3 * block + 1] = tree.blockStart(block);
      blocks[3 * block + 2] = tree.blockEnd(block);
    }
    return blocks;
  }

  /** Takes the other side's parities of the blocks of the last pass. @throws QsecError `RECONCILE` for a contradiction */
  noteBlocks(parities: Uint8Array): void {
    const pass = this.#passes.length - 1;
    const { bits, tree } = this.#passes[pass];
    let sum = 0;
    for (let block = 0; block < tree.blocks; block++) {
      const start = tree.blockStart(block);
      const end = tree.blockEnd(block);
      const odd = bitAt(parities, block) ^ bits.parity(start, end);
      sum ^= odd;
      tree.setBlock(block, odd);
      this.#observer?.parityKnown?.({ pass, start, end }, odd === 1);
      if (odd) this.#candidates.add(pass, start, end - start);
    }
    if (pass === 0) this.#keyOdd = sum;
    else if (sum !== this.#keyOdd) throw contradiction(pass);
  }

  /** Takes the other side's parities of the first halves that `nextHalves` returned last. */
  noteHalves(parities: Uint8Array): void {
    const asked = this.#asked;
    for (let i = 0, at = 0; i < this.#askedCount; i++, at += 3) {
      const pass = asked[at];
      const start = asked[at + 1];
      const middle = asked[at + 2];
      const { bits, tree } = this.#passes[pass];
      const odd = bitAt(parities, i) ^ bits.parity(start, middle);
      tree.split(middle, odd);
      this.#observer?.parityKnown?.({ pass, start, end: middle }, odd === 1);
      if (odd) this.#candidates.add(pass, start, middle - start);
      // Both are odd when a bit in the leaf has been corrected since it was asked for.
      if (!odd || this.#plan.reusesSubBlocks) this.#candidates.add(pass, middle, this.#ends[i] - middle);
    }
  }

  /**
   * Corrects what can be corrected and collects what has to be asked for next: first halves of odd leaves.
   * @returns triples; none when every search has come to its end
   * @throws QsecError `RECONCILE` for a contradiction
   */
  nextHalves(): Int32Array {
    const candidates = this.#candidates;
    let count = 0;
    while (count < candidates.batch && candidates.take()) {
      const { pass, start } = candidates;
      const { tree } = this.#passes[pass];
      tree.seek(start);
      if (tree.odd === 0) continue;
      const { middle } = tree;
      if (middle === start) {
        this.#correct(pass, start);
        continue;
      }
      if (!tree.markAsked(middle)) continue;
      if (count === this.#ends.length) this.#growAsked();
      const at = count * 3;
      this.#asked[at] = pass;
      this.#asked[at + 1] = tree.start;
      this.#asked[at + 2] = middle;
      this.#ends[count++] = tree.end;
    }
    this.#askedCount = count;
    return this.#asked.slice(0, count * 3);
  }

  wipe(): void {
    this.#key.wipe();
    for (const { bits } of this.#passes) bits.wipe();
  }

  #growAsked(): void {
    this.#asked = doubled(this.#asked);
    this.#ends = doubled(this.#ends);
  }

  #correct(pass: number, position: number): void {
    const { plan, layout } = this.#passes[pass];
    // A half of one bit was never searched, and has no order yet.
    layout.order(position);
    const index = layout.indexAt(position);
    if (this.#corrected[index]) throw contradiction(pass);
    this.#corrected[index] = 1;
    this.#corrections++;
    this.#keyOdd ^= 1;
    this.#key.flip(index);
    const cascade: CascadeBlock[] | null = this.#observer?.corrected ? [] : null;
    if (plan.cascades) {
      for (let other = 0; other < this.#passes.length; other++) this.#revisit(other, index, other === pass, cascade);
    } else {
      this.#follow(pass, index);
    }
    if (cascade !== null)
      this.#observer?.corrected?.({ index, found: { pass, start: position, end: position + 1 }, cascade });
  }

  /**
   * Brings a pass in step with a correction.
   * @returns the position of the corrected bit
   */
  #follow(pass: number, index: number): number {
    const { layout, bits, tree } = this.#passes[pass];
    const position = layout.positionOf(index);
    bits.flip(position);
    tree.flip(position);
    return position;
  }

  /** Brings a pass in step with a correction and makes a candidate of what it turned odd: the cascade. */
  #revisit(pass: number, index: number, own: boolean, cascade: CascadeBlock[] | null): void {
    const position = this.#follow(pass, index);
    const { tree } = this.#passes[pass];
    if (!this.#plan.reusesSubBlocks) {
      if (own || tree.blockOddAt(position) === 0) return;
      tree.seekOdd(position);
    } else if (tree.odd === 0) return;
    const { start, end } = tree;
    this.#candidates.add(pass, start, end - start);
    cascade?.push({ pass, start, end });
  }
}

function contradiction(pass: number): QsecError {
  return new QsecError(
    "RECONCILE",
    `Information reconciliation (Cascade, pass ${pass + 1}): parities of the other side contradict each other.`,
  );
}
