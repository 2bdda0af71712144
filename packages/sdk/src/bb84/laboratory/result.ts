import type { Verdict } from "../estimation/verdict.js";
import type { Ledger } from "../ledger.js";
import type { Expectation } from "../physics/expectation.js";
import type { Tally } from "../physics/tally.js";
import type { ExchangeEstimate } from "./estimate.js";

/** What a run came to. There is a key, the same on both sides, or none: never a short one, never one side's alone. */
export type ExchangeResult = ExchangeReport &
  (
    | { readonly verdict: "key"; /** `ledger.secret` bits, packed; owned by the caller. */ readonly key: Uint8Array }
    | { readonly verdict: Exclude<Verdict, "key">; readonly key: null }
  );

/** All that is known of an exchange but its key. */
export interface ExchangeReport {
  /** The account of the bits. */
  readonly ledger: Ledger;
  /** What was counted on the way. */
  readonly stats: ExchangeStats;
}

/** What was counted in an exchange. */
export interface ExchangeStats {
  /** What was counted, and what theory expects. */
  readonly tally: Tally;
  /** What theory expects of the same settings. */
  readonly expected: Expectation;
  /** What the sample says of the rest. */
  readonly estimate: ExchangeEstimate;
  /** Null where the run ended before. */
  readonly reconciliation: ReconciliationStats | null;
}

/** What reconciliation has corrected, and what that has cost. */
export interface ReconciliationStats {
  /** The method's name. */
  readonly method: string;
  /** Bits in, and bits out. */
  readonly raw: number;
  /** Bits out. */
  readonly reconciled: number;
  /** Bits of information that were told. */
  readonly leaked: number;
  /** Round trips. */
  readonly rounds: number;
}
