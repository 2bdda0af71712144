import { QsecError, type QsecSession, type SessionState } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { sendIcon } from "../theme/icons.js";
import { composerStyles } from "./composer.styles.js";

/** Where messages are written. Text that could not be sent comes back into the field. */
export class QsecComposer extends SessionElement {
  static override styles = [base, buttons, composerStyles];

  @state() private phase: SessionState = "idle";
  @state() private draft = "";
  @state() private sending = 0;
  @state() private failure: string | null = null;
  @query("textarea") private readonly field!: HTMLTextAreaElement | null;

  protected override reset(): void {
    this.phase = this.session?.state ?? "idle";
    this.failure = null;
    this.sending = 0;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.phase = session.state;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  get #ready(): boolean {
    return this.session !== null && this.phase === "secured";
  }

  async #send(): Promise<void> {
    const { session, draft: text } = this;
    if (session === null || !this.#ready || text.trim() === "") return;
    this.draft = "";
    this.failure = null;
    this.sending++;
    try {
      await session.send(text);
    } catch (error) {
      if (this.session === session) this.#giveBack(text, error);
    } finally {
      if (this.session === session) this.sending--;
    }
    this.field?.focus();
  }

  #giveBack(text: string, error: unknown): void {
    this.draft = this.draft === "" ? text : `${text}\n${this.draft}`;
    const message = error instanceof Error ? error.message : String(error);
    const known = error instanceof QsecError ? this.words.failure[error.code] : undefined;
    this.failure = this.words.chat.failed(known ?? message);
  }

  readonly #onInput = (event: Event): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#send();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send();
  };

  protected override render(): TemplateResult {
    const { chat } = this.words;
    const reason = chat.reason[this.phase];
    return html`
      <form @submit=${this.#onSubmit}>
        ${this.failure === null ? "" : html`<p class="failure red" role="alert">${this.failure}</p>`}
        <div class="box">
          <textarea
            part="field"
            rows="1"
            dir="auto"
            aria-label=${chat.composer}
            aria-describedby="hint"
            placeholder=${chat.placeholder}
            ?disabled=${this.phase === "closed"}
            .value=${live(this.draft)}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
          ></textarea>
          <button part="send" class="primary send" type="submit" aria-describedby="hint" ?disabled=${!this.#ready}>
            ${sendIcon}<span>${chat.send}</span>
          </button>
        </div>
        <p id="hint" class="hint muted">${this.sending > 0 ? chat.sending : reason || chat.hint}</p>
      </form>
    `;
  }
}
