import { QsecError } from "../../wire/errors.js";
import { isPackedBits } from "../bits.js";
import type { Reconciled } from "../reconciliation.js";
import { AllAtOnce, SmallestFirst } from "./candidates.js";
import { KeyBits } from "./key-bits.js";
import { PassLayouts } from "./layout.js";
import type { CascadeSetting, ParityAnswers, ParityQuestions } from "./messages.js";
import type { CascadeObserver } from "./observer.js";
import { CascadeSearch } from "./search.js";
import { cascadePlan, PASSES_LIMIT, type CascadePlan } from "./variants.js";

/**
 * Which odd blocks are searched first: `all-at-once` asks about all of them in one message, for the fewest rounds;
 * `smallest-first` about one at a time, the smallest, for the fewest parities.
 */
export type CascadeSchedule = "all-at-once" | "smallest-first";

export interface CorrectorOptions extends CascadeSetting {
  /** Packed; not changed and not kept. */
  readonly key: Uint8Array;
  /** @default "all-at-once" */
  readonly schedule?: CascadeSchedule;
  readonly observer?: CascadeObserver;
  /** Shared with the responder where both are in one process. */
  readonly layouts?: PassLayouts;
}

/**
 * The side that corrects its key (Bob). It asks for parities of blocks of the other side's key and halves those that
 * differ until single bits are left: `start`, then `receive` for each answer, until that returns null; then `result`.
 */
export class CascadeCorrector {
  readonly #plan: CascadePlan;
  readonly #key: KeyBits;
  readonly #search: CascadeSearch;
  #asked = 0;
  #rounds = 0;
  /** Rounds of BICONF in a row that found no error. */
  #streak = 0;
  #correctionsBefore = 0;
  /** How many parities were asked for and are not answered. */
  #open = 0;
  #opensPass = true;
  #state: "new" | "asking" | "done" | "over" = "new";

  /** @throws QsecError `bad_option`, and `DECODE` for a seed that is not one */
  constructor(options: CorrectorOptions) {
    const { variant, length, qber, seed, key, schedule = "all-at-once", observer, layouts } = options;
    const plan = (this.#plan = cascadePlan(variant, length, qber));
    if (!isPackedBits(key, length)) throw new QsecError("bad_option", `The key does not have ${length} packed bits.`);
    if (schedule !== "all-at-once" && schedule !== "smallest-first")
      throw new QsecError("bad_option", "The schedule of Cascade is 'all-at-once' or 'smallest-first'.");
    this.#key = new KeyBits(key, length);
    this.#search = new CascadeSearch({
      plan,
      key: this.#key,
      layouts: layouts ?? new PassLayouts(plan, length, seed),
      candidates: schedule === "all-at-once" ? new AllAtOnce() : new SmallestFirst(),
      observer,
    });
  }

  /** Parities asked for so far: bits that the other side tells of its key. */
  get asked(): number {
    return this.#asked;
  }

  /** Messages with questions so far, each a round trip. */
  get rounds(): number {
    return this.#rounds;
  }

  /** Bits corrected so far. */
  get corrections(): number {
    return this.#search.corrections;
  }

  /** The first message. @throws QsecError `bad_state` when called twice */
  start(): ParityQuestions {
    if (this.#state !== "new") throw new QsecError("bad_state", "Cascade has begun already.");
    this.#state = "asking";
    return this.#ask(this.#search.startPass(), true);
  }

  /**
   * Takes the answer to the last message.
   * @returns the next message, or null when there is nothing left to ask
   * @throws QsecError `DECODE` for a wrong number of parities, nothing having changed; `RECONCILE` for parities that
   * contradict each other, after which the run is over; `bad_state` when nothing is asked
   */
  receive({ parities }: ParityAnswers): ParityQuestions | null {
    const count = this.#open;
    if (count === 0) throw new QsecError("bad_state", "Cascade has not asked for parities.");
    if (!isPackedBits(parities, count))
      throw new QsecError("DECODE", `${this.#stage()}: ${count} parities were asked for, and the answer has others.`);
    this.#open = 0;
    try {
      if (this.#opensPass) this.#search.noteBlocks(parities);
      else this.#search.noteHalves(parities);
      return this.#next();
    } catch (error) {
      this.wipe();
      throw error;
    }
  }

  /**
   * The corrected key, a new array; `leaked` counts the parities. It can still differ: see verification.
   * @throws QsecError `RECONCILE` when answers are missing
   */
  result(): Reconciled {
    if (this.#state === "over") throw new QsecError("bad_state", "This run of Cascade is over.");
    if (this.#state !== "done")
      throw new QsecError("RECONCILE", `${this.#stage()}: the answers ended before the last question.`);
    return { key: this.#key.pack(), length: this.#key.length, leaked: this.#asked };
  }

  /** Ends the run and zeroes what it holds of the key. */
  wipe(): void {
    this.#state = "over";
    this.#open = 0;
    this.#search.wipe();
  }

  #next(): ParityQuestions | null {
    const halves = this.#search.nextHalves();
    if (halves.length > 0) return this.#ask(halves, false);
    if (this.#isLastPass()) {
      this.#state = "done";
      return null;
    }
    return this.#ask(this.#search.startPass(), true);
  }

  #ask(blocks: Int32Array, opensPass: boolean): ParityQuestions {
    this.#open = blocks.length / 3;
    this.#opensPass = opensPass;
    this.#asked += this.#open;
    this.#rounds++;
    return { blocks };
  }

  #isLastPass(): boolean {
    const { passes, biconf, biconfStreak } = this.#plan;
    if (this.#search.passes < passes.length) return false;
    if (biconf === null) return true;
    const found = this.#search.corrections > this.#correctionsBefore;
    this.#correctionsBefore = this.#search.corrections;
    this.#streak = found || this.#search.passes === passes.length ? 0 : this.#streak + 1;
    if (this.#streak < biconfStreak && this.#search.passes >= PASSES_LIMIT)
      throw new QsecError("RECONCILE", `${this.#stage()}: there are errors after ${PASSES_LIMIT} passes.`);
    return this.#streak >= biconfStreak;
  }

  #stage(): string {
    return `Information reconciliation (Cascade, pass ${Math.max(1, this.#search.passes)})`;
  }
}
