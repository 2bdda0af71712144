import type { Run } from "../run.js";

export interface ChannelNumber {
  readonly name: "sent" | "detected" | "lost" | "sifted";
  /** Null until the run has come that far. */
  readonly value: number | null;
}

/** The numbers behind the picture, as the engine has counted them. */
export function channelNumbers(run: Run | null): readonly ChannelNumber[] {
  const sent = run === null || run.counts.qubits === 0 ? null : run.counts.qubits;
  const detected = run === null ? null : detectedOf(run);
  return [
    { name: "sent", value: sent },
    { name: "detected", value: detected },
    { name: "lost", value: sent === null || detected === null ? null : sent - detected },
    { name: "sifted", value: run?.counts.matched ?? null },
  ];
}

/** From step 3 on every qubit of a room has been detected: its simulated channel loses none. Null before. */
export function detectedOf({ counts, step }: Run): number | null {
  if (counts.detected !== undefined) return counts.detected;
  return step >= 3 && counts.qubits > 0 ? counts.qubits : null;
}
