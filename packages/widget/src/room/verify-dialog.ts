import type { QsecSession, VerifyDetail } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { dialogStyles } from "../dialog/dialog.styles.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { closeIcon } from "../theme/icons.js";
import { verifyStyles } from "./verify-dialog.styles.js";

/**
 * Seven emoji to compare with a peer, one peer at a time. In `verify` rooms it opens by itself and has no way to put
 * the answer off; elsewhere the person opens it, and may close it again.
 */
export class QsecVerifyDialog extends SessionElement {
  static override styles = [base, buttons, dialogStyles, verifyStyles];

  @state() private pending: readonly VerifyDetail[] = [];
  /** The member the person asked to compare with, where nothing demands it. */
  @state() private chosen: string | null = null;
  @state() private answering = false;
  @state() private failure: string | null = null;
  @query("dialog") private readonly dialog!: HTMLDialogElement | null;

  /** Opens the comparison with a member, if one is pending. */
  compare(peer: string): void {
    this.chosen = peer;
  }

  protected override reset(): void {
    this.pending = this.session?.pendingVerifications ?? [];
    this.chosen = null;
    this.answering = false;
    this.failure = null;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    const refresh = (): void => {
      this.pending = session.pendingVerifications;
      this.failure = null;
    };
    for (const name of ["verify", "verify:done", "members", "state"] as const)
      session.addEventListener(name, refresh, { signal });
    refresh();
  }

  get #demanded(): boolean {
    return this.session?.admission === "verify";
  }

  get #current(): VerifyDetail | undefined {
    return this.pending.find(({ peer }) => peer.id === this.chosen) ?? (this.#demanded ? this.pending[0] : undefined);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.dialog === null || this.dialog.open) return;
    this.dialog.showModal();
    this.dialog.querySelector("h2")?.focus();
  }

  async #answer(event: MouseEvent, detail: VerifyDetail, same: boolean): Promise<void> {
    const { session } = this;
    // The second click of a double click would answer for the next person, unseen.
    if (session === null || this.answering || event.detail > 1) return;
    this.answering = true;
    try {
      await (same ? session.confirm(detail.peer.id) : session.reject(detail.peer.id));
      this.chosen = null;
      this.pending = session.pendingVerifications;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.answering = false;
    }
  }

  readonly #onCancel = (event: Event): void => {
    if (this.#demanded) event.preventDefault();
  };

  /** A browser closes a dialog at the second Escape whatever `cancel` says; a demanded answer brings it back. */
  readonly #onClose = (): void => {
    if (!this.#demanded) this.chosen = null;
    this.requestUpdate();
  };

  protected override render(): unknown {
    const detail = this.#current;
    return detail === undefined ? "" : keyed(detail.peer.id, this.#dialog(detail));
  }

  #dialog(detail: VerifyDetail): TemplateResult {
    const { verify, room } = this.words;
    const others = this.#demanded ? this.pending.length - 1 : 0;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      aria-describedby="text"
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
    >
      <div class="head">
        <h2 id="title" tabindex="-1"><bdi>${verify.title(detail.peer.name)}</bdi></h2>
        ${this.#demanded ? "" : html`<button class="square quiet" aria-label=${room.close} @click=${() => this.dialog?.close()}>${closeIcon}</button>`}
      </div>
      <p id="text" class="muted">
        <bdi>${verify.text(detail.peer.name)}</bdi> ${this.#demanded ? verify.demanded : verify.chosen}
      </p>
      <ol part="emoji">
        ${detail.emoji.map(({ symbol, name }) => html`<li><span class="symbol" aria-hidden="true">${symbol}</span><span>${name}</span></li>`)}
      </ol>
      <p class="digits">
        <span class="muted">${verify.digits}</span> <span class="mono" dir="ltr">${detail.digits}</span>
      </p>
      ${this.failure === null ? "" : html`<p class="red" role="alert">${this.failure}</p>`}
      <div class="answers">
        <button ?disabled=${this.answering} @click=${(event: MouseEvent) => this.#answer(event, detail, false)}>
          ${verify.differ}
        </button>
        <button
          class="primary"
          ?disabled=${this.answering}
          @click=${(event: MouseEvent) => this.#answer(event, detail, true)}
        >
          ${verify.match}
        </button>
      </div>
      ${others > 0 ? html`<p class="more muted">${verify.more(others)}</p>` : ""}
    </dialog>`;
  }
}
