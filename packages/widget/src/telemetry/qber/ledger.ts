import type { Ledger, LedgerEntry } from "@qsec2/sdk/bb84";
import { detectedOf } from "../channel/numbers.js";
import type { Run } from "../run.js";

/**
 * What becomes of a part of the qubits:
 *
 * - `lost`: no detector clicked
 * - `unmatched`: measured in the other basis
 * - `sample`: disclosed to estimate the error rate
 * - `dropped`: left out by reconciliation
 * - `leaked`: told by reconciliation
 * - `amplified`: taken by privacy amplification, verification and what an eavesdropper may know
 * - `open`: not decided yet
 * - `abandoned`: given up with the run
 * - `secret`: the key
 */
export type ShareName =
  "lost" | "unmatched" | "sample" | "dropped" | "leaked" | "amplified" | "open" | "abandoned" | "secret";

export interface Share {
  readonly name: ShareName;
  /** Whole bits, above 0. */
  readonly bits: number;
}

/** All qubits of a run, and what became of them; the shares add up to `total`. */
export interface Account {
  readonly total: number;
  readonly shares: readonly Share[];
  /** Measured in the basis in which they were sent; null until the bases are compared. */
  readonly sifted: number | null;
  /** Sifted and not disclosed; null before. */
  readonly raw: number | null;
}

/** The account of a session's run, as far as it has come; null before the first qubit. */
export function accountOf(run: Run | null): Account | null {
  if (run === null || run.counts.qubits === 0) return null;
  const { counts, outcome } = run;
  const { qubits, matched, sampled, reconciled, leaked, secret } = counts;
  const detected = detectedOf(run) ?? qubits;
  const raw = matched === undefined || sampled === undefined ? null : matched - sampled;
  const taken: Share[] = [{ name: "lost", bits: qubits - detected }];
  let left = detected;
  const take = (name: ShareName, bits: number): void => {
    const whole = Math.min(Math.max(bits, 0), left);
    taken.push({ name, bits: whole });
    left -= whole;
  };
  if (matched !== undefined) take("unmatched", detected - matched);
  if (sampled !== undefined) take("sample", sampled);
  if (raw !== null && reconciled !== undefined) take("dropped", raw - reconciled);
  if (leaked !== undefined) take("leaked", leaked);
  if (secret !== undefined && outcome !== "aborted") {
    take("amplified", left - secret);
    take("secret", left);
  }
  take(outcome === "aborted" ? "abandoned" : "open", left);
  return { total: qubits, shares: taken.filter(({ bits }) => bits > 0), sifted: matched ?? null, raw };
}

const SHARE_OF: Readonly<Partial<Record<LedgerEntry, ShareName>>> = {
  undetected: "lost",
  unmatched: "unmatched",
  sample: "sample",
  dropped: "dropped",
  eavesdropper: "amplified",
  leaked: "leaked",
  verification: "amplified",
  authentication: "amplified",
  privacyAmplification: "amplified",
  abandoned: "abandoned",
};

const ORDER: readonly ShareName[] = [
  "lost",
  "unmatched",
  "sample",
  "dropped",
  "leaked",
  "amplified",
  "abandoned",
  "secret",
];

/**
 * The account of a laboratory's ledger. Where the bits did not suffice, what was to be taken of them is more than there
 * was: the shares are cut to what there was.
 */
export function accountOfLedger({ lines, secret }: Ledger): Account {
  const bits = new Map<ShareName, number>([["secret", secret]]);
  for (const { entry, bits: taken } of lines) {
    const name = SHARE_OF[entry];
    if (name !== undefined) bits.set(name, (bits.get(name) ?? 0) - taken);
  }
  const total = lines[0]?.bits ?? 0;
  let left = total;
  const shares = ORDER.map((name) => {
    const share = { name, bits: Math.min(bits.get(name) ?? 0, left) };
    left -= share.bits;
    return share;
  });
  const balance = (after: LedgerEntry): number | null => lines.find(({ entry }) => entry === after)?.balance ?? null;
  return {
    total,
    shares: shares.filter((share) => share.bits > 0),
    sifted: balance("unmatched"),
    raw: balance("sample"),
  };
}

/** A share on the bar, in percent of its length. */
export interface Segment extends Share {
  readonly start: number;
  readonly length: number;
}

/** A share is drawn at least this long, in percent, so that none is hidden. */
const LENGTH_MIN = 1.2;

/** Where the shares lie on a bar of length 100; together they fill it. */
export function segmentsOf({ total, shares }: Account): readonly Segment[] {
  const wanted = shares.map(({ bits }) => Math.max((bits / total) * 100, LENGTH_MIN));
  const scale = 100 / wanted.reduce((sum, length) => sum + length, 0);
  let start = 0;
  return shares.map((share, i) => {
    const segment = { ...share, start, length: wanted[i] * scale };
    start += segment.length;
    return segment;
  });
}
