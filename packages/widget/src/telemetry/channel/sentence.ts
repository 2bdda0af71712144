import type { Words } from "../../locale/en.js";
import { phaseOf, type Run } from "../run.js";

/** One sentence for what the simulated channel is doing. */
export function channelSentence(run: Run | null, words: Words): string {
  const phase = phaseOf(run);
  // Below the limit noise and an eavesdropper look alike; where one is known to listen, nobody is to be told otherwise.
  if (phase === "NOISY" && run !== null && run.eve > 0) return words.panels.monitor.noisyEve;
  return phase === "IDLE" && run !== null ? words.telemetry.stopped : words.telemetry.phase[phase];
}
