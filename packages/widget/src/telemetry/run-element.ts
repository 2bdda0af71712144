import type { QsecSession } from "@qsec2/sdk";
import { state } from "lit/decorators.js";
import { SessionElement } from "../session/session-element.js";
import type { Run } from "./run.js";
import { aborted, keyed, NO_RUNS, present, stepped, type Runs } from "./runs.js";
import { listen } from "./source.js";

/** A panel that shows the runs of its session, above all the latest. */
export abstract class RunElement extends SessionElement {
  @state() protected runs: Runs = NO_RUNS;

  protected get run(): Run | null {
    return this.runs.current;
  }

  protected override reset(): void {
    this.runs = NO_RUNS;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.listenTo(session, signal);
  }

  /** Adds the listeners to a session, or to what plays its part. */
  protected listenTo(source: EventTarget, signal: AbortSignal): void {
    listen(source, "bb84:step", (detail) => (this.runs = stepped(this.runs, detail)), signal);
    listen(source, "bb84:aborted", (detail) => (this.runs = aborted(this.runs, detail)), signal);
    listen(source, "bb84:keyed", (detail) => (this.runs = keyed(this.runs, detail)), signal);
    listen(source, "members", ({ members }) => (this.runs = present(this.runs, members)), signal);
  }
}
