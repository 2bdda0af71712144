import type { ExchangeEstimate, ExchangeOptions, ExchangeResult, LedgerEntry, Verdict } from "@qsec2/sdk/bb84";
import { number, printTable } from "../bench/harness.js";

const ENTRIES: Readonly<Record<LedgerEntry, string>> = {
  sent: "pulses sent",
  undetected: "− not detected",
  unmatched: "− measured in the other basis",
  sample: "− disclosed in the sample",
  dropped: "− dropped by reconciliation",
  eavesdropper: "− what an eavesdropper may know",
  leaked: "− told by reconciliation",
  verification: "− told by verification (ε_cor)",
  authentication: "− authentication",
  privacyAmplification: "− privacy amplification (ε_sec)",
  shortfall: "+ missing",
  abandoned: "− given up",
};

const VERDICTS: Readonly<Record<Exclude<Verdict, "noisy">, string>> = {
  key: "Both sides have the same key.",
  eavesdropper: "No key: 11 % errors or more. Somebody may know as much of it as its receiver.",
  mismatch: "No key: reconciliation left an error, and verification found it. Another run may go well.",
};

export function printExchange({ seed }: ExchangeOptions, { verdict, ledger, stats }: ExchangeResult): void {
  printTable(
    "Ledger",
    [...ledger.lines, { entry: null, bits: ledger.secret, balance: ledger.secret }].map(({ entry, bits, balance }) => ({
      entry: entry === null ? "secret bits" : ENTRIES[entry],
      bits: number(bits),
      left: number(balance),
    })),
  );
  const { tally, expected, estimate, reconciliation } = stats;
  const known = tally.sifted === 0 ? 0 : tally.eavesdropper.known / tally.sifted;
  const qber = tally.sifted === 0 ? 0 : tally.errors / tally.sifted;
  printTable("Rates", [
    { rate: "error rate of all sifted bits", counted: percent(qber), expected: percent(expected.qber) },
    { rate: "error rate of the sample", counted: percent(estimate.qber), expected: percent(expected.qber) },
    { rate: "bound on that of the key's bits", counted: percent(estimate.high), expected: "" },
    {
      rate: "sifted bits that the eavesdropper knows",
      counted: percent(known),
      expected: percent(expected.eavesdropper.known),
    },
  ]);
  if (reconciliation !== null) {
    const { method, raw, reconciled, leaked, rounds } = reconciliation;
    console.log(
      `\nReconciliation: ${method}, ${number(raw)} bits to ${number(reconciled)}, ${number(leaked)} told, round trips: ${rounds}.`,
    );
  }
  const said = verdict === "noisy" ? tooFewQubits(tally.sent, estimate) : VERDICTS[verdict];
  console.log(`\n${said}\nThe same again: --seed ${seed}`);
}

/** Without any error too: a small sample cannot exclude many in the rest. */
function tooFewQubits(pulses: number, { qber, high }: ExchangeEstimate): string {
  return (
    `No key: ${number(pulses)} qubits are too few for an error rate of ${percent(qber)} in the sample, which allows up to ` +
    `${percent(high)} in the key's bits. More of them may help.`
  );
}

function percent(rate: number): string {
  return `${number(100 * rate, 2)} %`;
}
