import { expectation } from "@qsec2/sdk/bb84";
import { sweepValues, type SweepName } from "./experiment.js";
import { exchangeOptions, type LabSettings } from "./settings.js";

/** An error rate for a value of what is varied. */
export interface TheoryPoint {
  readonly value: number;
  readonly qber: number;
}

/** What theory says of each value of a sweep, by the engine's exact expectation. */
export function theoryOf({
  name,
  settings,
}: {
  readonly name: SweepName;
  readonly settings: LabSettings;
}): readonly TheoryPoint[] {
  const strategy = settings.strategy === "none" ? "random" : settings.strategy;
  return sweepValues(name).map((value) => {
    const at: LabSettings = name === "share" ? { ...settings, strategy, share: value } : { ...settings, noise: value };
    const { qubits, channel, eavesdropper } = exchangeOptions(at);
    const { qber } = expectation({
      qubits,
      ...(channel === undefined ? {} : { channel }),
      ...(eavesdropper === undefined ? {} : { eavesdropper }),
    });
    return { value, qber };
  });
}
