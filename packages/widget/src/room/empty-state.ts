import type { MemberView, QsecSession, SessionState } from "@qsec2/sdk";
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
  @state() private members: readonly MemberView[] = [];
  /** Peers whose latest exchange did not open: they have another invite, or the relay tampers. */
  @state() private strangers: ReadonlySet<string> = new Set();

  protected override reset(): void {
    super.reset();
    this.phase = this.session?.state ?? "idle";
    this.members = this.session?.members ?? [];
    this.strangers = new Set();
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    super.observe(session, signal);
    this.phase = session.state;
    this.members = session.members;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
    session.addEventListener("members", ({ detail }) => (this.members = detail.members), { signal });
    session.addEventListener("bb84:aborted", ({ detail }) => this.#mark(detail.peer.id, detail.code === "DECRYPT"), {
      signal,
    });
    session.addEventListener("bb84:keyed", ({ detail }) => this.#mark(detail.peer.id, false), { signal });
  }

  #mark(peer: string, isStranger: boolean): void {
    const strangers = new Set(this.strangers);
    if (isStranger) strangers.add(peer);
    else strangers.delete(peer);
    this.strangers = strangers;
  }

  protected override render(): TemplateResult | "" {
    const { chat, knock } = this.words;
    const others = this.members.filter(({ you, online }) => !you && online);
    const strangers = others.filter(({ id }) => this.strangers.has(id));
    const isUnsecured = this.phase === "waiting" || this.phase === "exchanging";
    // Also while the next attempt runs: with the wrong invite it ends as the last one did.
    if (isUnsecured && strangers.length > 0 && this.session?.admission === "link")
      return this.#inviting(
        chat.strangerTitle(strangers.map(({ name }) => name).join(", "), strangers.length),
        chat.strangerText,
      );
    // A stopped exchange is told above the conversation; nothing is on its way then.
    if (this.run?.outcome === "aborted" && !this.run.willRetry) return "";
    // Keys with the leader, and no room key from it: it has not let this person in yet.
    if (isUnsecured && others.some(({ keyState, leader }) => keyState === "keyed" && leader))
      return this.#said(knock.waitingTitle, knock.waitingText);
    if (this.phase === "waiting") {
      if (others.length > 0) return this.#said(chat.presentTitle, chat.presentText);
      const text = this.session?.admission === "link" ? chat.waitingText : chat.waitingTextVerify;
      return this.#inviting(chat.waitingTitle, text);
    }
    if (this.phase !== "connecting" && this.phase !== "exchanging" && this.phase !== "verifying") return "";
    return this.#said(chat.workingTitle, chat.workingText);
  }

  #said(title: string, text: string): TemplateResult {
    return html`<h2><bdi>${title}</bdi></h2>
      <p class="muted">${text}</p>`;
  }

  #inviting(title: string, text: string): TemplateResult {
    return html`${this.#said(title, text)}
      <qsec-invite primary .session=${this.session} .words=${this.words} .page=${this.page}></qsec-invite>`;
  }
}
