import type { SessionState } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import { phaseOf, type Run } from "../telemetry/run.js";

export interface StatusView {
  readonly state: SessionState;
  readonly present: number;
  readonly expected: number;
  /** How many peers' emoji wait for this person. */
  readonly toCompare: number;
  /** The latest run with somebody who is still here, or null. */
  readonly run: Run | null;
}

export interface StatusLine {
  readonly text: string;
  /** The same without the step, for the live region: six steps in a moment are too many to announce. */
  readonly announcement: string;
  readonly tint: "muted" | "teal" | "amber" | "red";
  readonly busy: boolean;
}

const line = (text: string, tint: StatusLine["tint"], busy = false, announcement = text): StatusLine => ({
  text,
  tint,
  busy,
  announcement,
});

/** The header's line: where the room stands, in a few words. */
export function statusLine(
  { state, present, expected, toCompare, run }: StatusView,
  { connection }: Words,
): StatusLine {
  switch (state) {
    case "idle":
    case "connecting":
      return line(connection.connecting, "muted", true);
    case "reconnecting":
      return line(connection.reconnecting, "amber", true);
    case "secured":
      return line(connection.secured, "teal");
    case "verifying":
      return toCompare > 0 ? line(connection.verifying, "amber") : line(connection.confirming, "muted", true);
    case "closed":
      return line(connection.closed, "muted");
    case "waiting":
    case "exchanging":
      return unsecured();
  }

  function unsecured(): StatusLine {
    if (run?.outcome === "aborted" && !run.willRetry) {
      return line(connection.aborted(run.peer), phaseOf(run) === "NOISY" ? "amber" : "red");
    }
    if (run?.outcome === "keyed" && state === "exchanging") return line(connection.keyed(run.peer), "muted", true);
    if (state === "waiting") return line(connection.waiting(present, expected), "muted", true);
    if (run === null || run.step === 0) return line(connection.exchanging, "muted", true);
    return line(connection.exchangingStep(run.peer, run.step), "muted", true, connection.exchanging);
  }
}
