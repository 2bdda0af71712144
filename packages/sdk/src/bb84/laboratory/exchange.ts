import { rateOfRest } from "../estimation/error-bound.js";
import { amplificationCost, phaseEntropy } from "../estimation/finite-key.js";
import type { Verdict } from "../estimation/verdict.js";
import { LedgerBook } from "../ledger.js";
import { expectationOf } from "../physics/expectation.js";
import { tally, type Tally } from "../physics/tally.js";
import { transmitWith, wipeTransmission } from "../physics/transmission.js";
import type { RandomBytes } from "../random.js";
import { randomnessOf, seededRandom } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { disclose, type Disclosure } from "./disclosure.js";
import { estimateErrors, type ExchangeEstimate } from "./estimate.js";
import type { ReconciliationOutput } from "./methods.js";
import { exchangeSettings, type ExchangeOptions, type ExchangeSettings } from "./options.js";
import type { ExchangeResult, ExchangeStats, ReconciliationStats } from "./result.js";
import { amplifyKeys, reconcileKeys, verifyKeys } from "./stages.js";

/** Bits of the hash by which the sides compare their reconciled keys; more where ε_cor asks for more. */
const VERIFICATION_BITS = 64;

/**
 * Runs BB84 from the source to the key, with both sides in one process: transmission, sifting, parameter estimation,
 * reconciliation, verification, privacy amplification. Noise, an eavesdropper or bad luck end in a verdict without a key.
 *
 * With the same `seed` every run is the same, and {@link traceQubits} shows its qubits. All that was secret is zeroed, but
 * for the key.
 *
 * @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range, or a source of
 * randomness that ends early; `RECONCILE` or `DECODE`, with the stage, when a stage's answer does not fit what it was asked
 */
export function exchange(options: ExchangeOptions): ExchangeResult {
  const settings = exchangeSettings(options);
  const random = randomnessOf(options);
  const afterwards = options.seed === undefined ? random : seededRandom(`${options.seed} post-processing`);
  const stream = new WordStream(random);
  try {
    const transmission = transmitWith(settings.physics, stream);
    try {
      const counted = tally(transmission);
      return postProcess(settings, counted, disclose(transmission, settings.sample, afterwards), afterwards);
    } finally {
      wipeTransmission(transmission);
    }
  } finally {
    stream.wipe();
  }
}

function postProcess(settings: ExchangeSettings, counted: Tally, disclosure: Disclosure, random: RandomBytes) {
  const { raw, disclosed } = disclosure;
  const book = new LedgerBook(counted.sent);
  book.take("undetected", counted.sent - counted.detected);
  book.take("unmatched", counted.detected - counted.sifted);
  book.take("sample", disclosed);
  const estimate = estimateErrors(disclosure, { bound: settings.bound, security: settings.security });
  const stats = { tally: counted, expected: expectationOf(settings.physics), estimate, reconciliation: null };
  const end = (verdict: Exclude<Verdict, "key">, more: Partial<ExchangeStats> = {}): ExchangeResult => ({
    verdict,
    key: null,
    ledger: book.abandon(),
    stats: { ...stats, ...more },
  });
  try {
    if (estimate.eavesdropper) return end("eavesdropper");
    if (raw.length === 0) return end("noisy");
    const reconciled = reconcileKeys(settings.reconciliation, raw, estimate.qber, random);
    try {
      const reconciliation = reconciliationStats(settings, raw.length, reconciled);
      settle(book, settings, estimate, raw.length, reconciled);
      if (book.balance < settings.minimumSecret) return end("noisy", { reconciliation });
      const key = agree(settings, reconciled, book.balance, random);
      if (key === null) return end("mismatch", { reconciliation });
      return { verdict: "key" as const, key, ledger: book.close(), stats: { ...stats, reconciliation } };
    } finally {
      reconciled.reference.fill(0);
      reconciled.corrected.fill(0);
    }
  } finally {
    raw.alice.fill(0);
    raw.bob.fill(0);
  }
}

/** Takes from the raw key all that is not secret, each line in whole bits, rounded up. */
function settle(
  book: LedgerBook,
  { security, authentication }: ExchangeSettings,
  { high }: ExchangeEstimate,
  raw: number,
  { length, leaked }: ReconciliationOutput,
): void {
  book.take("dropped", raw - length);
  book.take("eavesdropper", Math.ceil(length * phaseEntropy(rateOfRest(high, raw, length))));
  book.take("leaked", leaked);
  book.take("verification", verificationBits(security.correctness));
  book.take("authentication", authentication);
  book.take("privacyAmplification", Math.ceil(amplificationCost(security.secrecy)));
}

function verificationBits(correctness: number): number {
  return Math.max(VERIFICATION_BITS, Math.ceil(Math.log2(1 / correctness)));
}

/** Verification and privacy amplification; null where the two keys are not equal. */
function agree(
  { verification, privacyAmplification, security }: ExchangeSettings,
  reconciled: ReconciliationOutput,
  secret: number,
  random: RandomBytes,
): Uint8Array | null {
  const hashBits = verificationBits(security.correctness);
  if (!verifyKeys(verification, reconciled, hashBits, random)) return null;
  return amplifyKeys(privacyAmplification, reconciled, secret, random);
}

function reconciliationStats(
  { reconciliation }: ExchangeSettings,
  raw: number,
  { length, leaked, rounds }: ReconciliationOutput,
): ReconciliationStats {
  return { method: reconciliation.name, raw, reconciled: length, leaked, rounds };
}
