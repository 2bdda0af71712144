import type { MemberView, QsecSession, SessionState } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { base } from "../theme/base.js";
import { chip } from "../theme/chip.js";
import { alertIcon, eyeIcon, lockIcon } from "../theme/icons.js";
import { RunElement } from "../telemetry/run-element.js";
import { statusLine } from "./status-line.js";
import { connectionStyles } from "./connection-status.styles.js";

/** The header's line on the state of the connection, and the badge of a demonstration eavesdropper. */
export class QsecConnectionStatus extends RunElement {
  static override styles = [base, chip, connectionStyles];

  @state() private phase: SessionState = "idle";
  @state() private members: readonly MemberView[] = [];
  @state() private toCompare = 0;
  /** Peers whose latest run had a demonstration eavesdropper on the channel. */
  @state() private demo: ReadonlySet<string> = new Set();

  protected override reset(): void {
    super.reset();
    this.phase = this.session?.state ?? "idle";
    this.members = this.session?.members ?? [];
    this.toCompare = this.session?.pendingVerifications.length ?? 0;
    this.demo = new Set();
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    super.observe(session, signal);
    this.phase = session.state;
    this.members = session.members;
    const count = (): void => void (this.toCompare = session.pendingVerifications.length);
    for (const name of ["verify", "verify:done", "members", "state"] as const)
      session.addEventListener(name, count, { signal });
    count();
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
    session.addEventListener("members", ({ detail }) => (this.members = detail.members), { signal });
    session.addEventListener("bb84:step", ({ detail }) => this.#mark(detail.peer.id, detail.eve), { signal });
    session.addEventListener("bb84:keyed", ({ detail }) => this.#mark(detail.peer.id, detail.eve), { signal });
  }

  #mark(peer: string, eve: number | undefined): void {
    if (eve === undefined || this.demo.has(peer) === eve > 0) return;
    const demo = new Set(this.demo);
    if (eve > 0) demo.add(peer);
    else demo.delete(peer);
    this.demo = demo;
  }

  protected override render(): TemplateResult {
    const { words, members, phase } = this;
    const here = (id: string): boolean => members.some((member) => member.id === id);
    const status = statusLine(
      {
        state: phase,
        present: Math.max(1, members.filter((member) => member.online).length),
        expected: this.session?.expected ?? 2,
        toCompare: this.toCompare,
        run: this.run !== null && here(this.run.peerId) ? this.run : null,
      },
      words,
    );
    const mark =
      phase === "secured"
        ? lockIcon
        : status.tint === "red"
          ? alertIcon
          : html`<span class="dot ${status.busy ? "busy" : ""}"></span>`;
    return html`
      <p class="line">
        <span class="mark ${status.tint}">${mark}</span><bdi class="${status.tint}">${status.text}</bdi>
      </p>
      <p class="visually-hidden" role="status">${status.announcement}</p>
      ${[...this.demo].some(here) ? html`<span class="chip red" title=${words.room.demoEveHint}>${eyeIcon}${words.room.demoEve}</span>` : ""}
    `;
  }
}
