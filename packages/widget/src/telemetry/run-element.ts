import { state } from "lit/decorators.js";
import type { Run } from "./run.js";
import { aborted, keyed, NO_RUNS, present, stepped, type Runs } from "./runs.js";
import { listen } from "./source.js";
import { TelemetryElement } from "./telemetry-element.js";

/** A panel that shows the runs of its session, above all the latest. */
export abstract class RunElement extends TelemetryElement {
  @state() protected runs: Runs = NO_RUNS;

  protected get run(): Run | null {
    return this.runs.current;
  }

  protected override reset(): void {
    this.runs = NO_RUNS;
  }

  protected override listenTo(source: EventTarget, signal: AbortSignal): void {
    listen(source, "bb84:step", (detail) => (this.runs = stepped(this.runs, detail)), signal);
    listen(source, "bb84:aborted", (detail) => (this.runs = aborted(this.runs, detail)), signal);
    listen(source, "bb84:keyed", (detail) => (this.runs = keyed(this.runs, detail)), signal);
    listen(source, "members", ({ members }) => (this.runs = present(this.runs, members)), signal);
  }
}
