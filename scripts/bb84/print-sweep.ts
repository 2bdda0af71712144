import type { Compared, SweepRow } from "@qsec2/sdk/bb84";
import { number, printTable } from "../bench/harness.js";

/** @param values as they were given, one for each row */
export function printSweep(name: string, values: readonly number[], rows: readonly SweepRow[]): void {
  printTable(
    `Counted / expected, in %. Runs in each row, of which every one ended in one of four ways: ${rows[0].runs}`,
    rows.map((row, i) => ({
      [name]: String(values[i]),
      sifted: compared(row.sifted),
      "error rate": compared(row.qber),
      "known to Eve": compared(row.known),
      "her information": compared(row.information),
      key: String(row.verdicts.key),
      "too noisy": String(row.verdicts.noisy),
      eavesdropper: String(row.verdicts.eavesdropper),
      mismatch: String(row.verdicts.mismatch),
      "secret bits": number(row.secret),
    })),
  );
}

function compared({ measured, expected }: Compared): string {
  return `${number(100 * measured, 2)} / ${number(100 * expected, 2)}`;
}
