/**
 * The account of a run, from the pulses that were sent to the bits that are secret: each line takes bits away (or, a
 * `shortfall`, says how many were missing), and after the last line exactly `secret` of them are left. Whole bits.
 */
export interface Ledger {
  /** From `sent` on, in the order in which bits were taken. */
  readonly lines: readonly LedgerLine[];
  /** Secret bits: the balance after the last line, 0 where there is no key. */
  readonly secret: number;
}

/** One line of the ledger: what was taken from the bits at one stage, and why. */
export interface LedgerLine {
  /** Why. */
  readonly entry: LedgerEntry;
  /** What the line adds to the balance; negative for what is lost. */
  readonly bits: number;
  /** What is left after it. */
  readonly balance: number;
}

/**
 * - `sent`: pulses
 * - `undetected`: no detector clicked
 * - `unmatched`: measured in the other basis; the balance after it is the sifted key
 * - `sample`: disclosed to estimate the error rate; the balance after it is the raw key
 * - `dropped`: left out by reconciliation, as a block that it could not correct or a tail; after it, the reconciled key
 * - `eavesdropper`: what she may know from the qubits, n·h₂ of the bounded error rate
 * - `leaked`: what reconciliation told
 * - `verification`: the hash of the reconciled key, for ε_cor
 * - `authentication`: key that authenticated the messages
 * - `privacyAmplification`: log₂(2 / ε_sec²), and what rounding to whole bits takes
 * - `shortfall`: by how much the bits did not suffice
 * - `abandoned`: all that was left when the run was given up
 */
export type LedgerEntry =
  | "sent"
  | "undetected"
  | "unmatched"
  | "sample"
  | "dropped"
  | "eavesdropper"
  | "leaked"
  | "verification"
  | "authentication"
  | "privacyAmplification"
  | "shortfall"
  | "abandoned";

/** Writes a ledger line by line; `balance` is what is left so far. */
export class LedgerBook {
  readonly #lines: LedgerLine[] = [];

  /** @param sent pulses */
  constructor(sent: number) {
    this.#lines.push({ entry: "sent", bits: sent, balance: sent });
  }

  get balance(): number {
    return this.#lines.at(-1)!.balance;
  }

  /** Takes bits away. */
  take(entry: LedgerEntry, bits: number): void {
    this.#lines.push({ entry, bits: 0 - bits, balance: this.balance - bits });
  }

  /** The ledger of a run with this key length; a negative balance is made up by a `shortfall`. */
  close(): Ledger {
    if (this.balance < 0) this.take("shortfall", this.balance);
    return { lines: [...this.#lines], secret: this.balance };
  }

  /** The ledger of a run that has no key. */
  abandon(): Ledger {
    if (this.balance < 0) this.take("shortfall", this.balance);
    if (this.balance > 0) this.take("abandoned", this.balance);
    return { lines: [...this.#lines], secret: 0 };
  }
}

/** What a line takes, as a count; 0 for a line that the ledger does not have. */
export function ledgerBits(ledger: Ledger, entry: LedgerEntry): number {
  return Math.abs(ledger.lines.find((line) => line.entry === entry)?.bits ?? 0);
}
