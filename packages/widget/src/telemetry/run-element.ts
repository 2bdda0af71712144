import type { QsecSession } from "@qsec2/sdk";
import { state } from "lit/decorators.js";
import { SessionElement } from "../session/session-element.js";
import { onAborted, onKeyed, onStep, withPeers, type Run } from "./run.js";

/** A panel that shows the latest run of its session. */
export abstract class RunElement extends SessionElement {
  @state() protected run: Run | null = null;

  protected override reset(): void {
    this.run = null;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    session.addEventListener("bb84:step", (event) => (this.run = onStep(this.run, event.detail)), { signal });
    session.addEventListener("bb84:aborted", (event) => (this.run = onAborted(this.run, event.detail)), { signal });
    session.addEventListener("bb84:keyed", (event) => (this.run = onKeyed(this.run, event.detail)), { signal });
    session.addEventListener("members", (event) => (this.run = withPeers(this.run, event.detail.members)), { signal });
  }
}
