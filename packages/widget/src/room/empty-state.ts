import type { QsecSession, SessionState } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { RunElement } from "../telemetry/run-element.js";
import { base } from "../theme/base.js";
import { emptyStateStyles } from "./empty-state.styles.js";

/** What to do while there is nothing to read: invite somebody, or wait for the keys. */
export class QsecEmptyState extends RunElement {
  static override styles = [base, emptyStateStyles];

  /** Address of the page that serves `/room/<id>`. */
  @property() page = "";
  @state() private phase: SessionState = "idle";

  protected override reset(): void {
    super.reset();
    this.phase = this.session?.state ?? "idle";
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    super.observe(session, signal);
    this.phase = session.state;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
  }

  protected override render(): TemplateResult | "" {
    const { chat } = this.words;
    // A stopped exchange is told above the conversation; nothing is on its way then.
    if (this.run?.outcome === "aborted" && !this.run.willRetry) return "";
    if (this.phase === "waiting") {
      return html`
        <h2>${chat.waitingTitle}</h2>
        <p class="muted">${this.session?.admission === "link" ? chat.waitingText : chat.waitingTextVerify}</p>
        <qsec-invite primary .session=${this.session} .words=${this.words} .page=${this.page}></qsec-invite>
      `;
    }
    if (this.phase !== "connecting" && this.phase !== "exchanging" && this.phase !== "verifying") return "";
    return html`<h2>${chat.workingTitle}</h2>
      <p class="muted">${chat.workingText}</p>`;
  }
}
