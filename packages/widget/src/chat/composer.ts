import { QsecError, type MessageRef, type QsecSession, type SessionState } from "@qsec2/sdk";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { closeIcon, sendIcon } from "../theme/icons.js";
import { composerStyles } from "./composer.styles.js";
import { fitToText } from "./field-height.js";
import { attachIcon, microphoneIcon } from "./icons.js";
import { excerptOf } from "./message-template.js";
import type { MessageEntry } from "./model/entries.js";

/** Where what is written goes to. */
export interface Sender {
  readonly isOnline: boolean;
  /** Rejects when it could not be sent. */
  text(text: string, replyTo: MessageRef | null): Promise<void>;
  edit(ref: MessageRef, text: string): Promise<void>;
  /** Tells of its progress in the list. */
  file(file: File): void;
  typing(on: boolean): void;
}

/** The message that one answers or changes. */
export interface Context {
  readonly kind: "reply" | "edit";
  readonly entry: MessageEntry;
}

/**
 * Where messages are written. Text that could not be sent comes back into the field.
 *
 * @slot composer-actions - Buttons of one's own beside the field
 * @fires qsec-end - Answering or changing a message is over
 */
export class QsecComposer extends SessionElement {
  static override styles = [base, buttons, composerStyles];

  /** Where to send; without it texts go to the session. */
  @property({ attribute: false }) sender: Sender | null = null;
  @state() private phase: SessionState = "idle";
  @state() private draft = "";
  @state() private files: readonly File[] = [];
  @state() private context: Context | null = null;
  @state() private recording = false;
  @state() private failure: string | null = null;
  @query("textarea") private readonly field!: HTMLTextAreaElement | null;
  @query("input[type=file]") private readonly picker!: HTMLInputElement | null;
  /** What was being written when a message came to be changed. */
  #laidAside = "";

  protected override reset(): void {
    this.phase = this.session?.state ?? "idle";
    this.failure = null;
    this.context = null;
    this.files = [];
    this.recording = false;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.phase = session.state;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("recording") && changed.get("recording") === true) this.field?.focus();
    if (changed.has("draft") && this.field !== null) fitToText(this.field);
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  /** Begins an answer to a message, or a change of an own one. */
  begin(context: Context): void {
    if (this.context?.kind === "edit") this.draft = this.#laidAside;
    this.context = context;
    if (context.kind === "edit") {
      this.#laidAside = this.draft;
      this.draft = context.entry.text;
    }
    this.focus();
  }

  /** Puts files beside the text, to be sent with it. */
  attach(files: Iterable<File>): void {
    if (this.sender === null || this.phase === "closed") return;
    this.files = [...this.files, ...files];
    this.focus();
  }

  get #ready(): boolean {
    if (this.session === null) return false;
    return this.phase === "secured" || (this.phase === "reconnecting" && (this.sender?.isOnline ?? false));
  }

  async #send(): Promise<void> {
    const { session, context, draft: text, files } = this;
    if (session === null || !this.#ready || (text.trim() === "" && files.length === 0)) return;
    this.draft = "";
    this.files = [];
    this.context = null;
    this.failure = null;
    if (context?.kind === "edit") this.draft = this.#laidAside;
    try {
      const sent = text.trim() === "" ? null : this.#sent(session, text, context);
      for (const file of files) this.sender?.file(file);
      this.field?.focus();
      await sent;
    } catch (error) {
      if (this.session === session) this.#giveBack(text, context, error);
    }
  }

  async #sent(session: QsecSession, text: string, context: Context | null): Promise<void> {
    const ref = context?.entry.ref ?? null;
    if (this.sender === null) await session.send(text, ref === null ? {} : { replyTo: ref });
    else if (context?.kind === "edit" && ref !== null) await this.sender.edit(ref, text);
    else await this.sender.text(text, ref);
  }

  #giveBack(text: string, context: Context | null, error: unknown): void {
    this.draft = this.draft === "" ? text : `${text}\n${this.draft}`;
    this.context ??= context;
    const message = error instanceof Error ? error.message : String(error);
    const known = error instanceof QsecError ? this.words.failure[error.code] : undefined;
    this.failure = this.words.chat.failed(known ?? message);
  }

  #end(): void {
    if (this.context?.kind === "edit") this.draft = this.#laidAside;
    this.context = null;
    this.dispatchEvent(new CustomEvent("qsec-end"));
  }

  readonly #onInput = (event: Event): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
    if (this.context?.kind !== "edit") this.sender?.typing(this.draft !== "");
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // While an input method composes, its keys belong to it.
    if (event.isComposing) return;
    if (event.key === "Escape" && this.context !== null) {
      event.stopPropagation();
      this.#end();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void this.#send();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (files === undefined || files.length === 0 || this.sender === null) return;
    event.preventDefault();
    this.attach(files);
  };

  readonly #onPick = (): void => {
    this.attach(this.picker?.files ?? []);
    if (this.picker !== null) this.picker.value = "";
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send();
  };

  async #record(): Promise<void> {
    await import("../media/define-media.js");
    this.recording = true;
  }

  readonly #onVoice = (event: CustomEvent<File | null>): void => {
    this.recording = false;
    if (event.detail !== null) this.sender?.file(event.detail);
  };

  protected override render(): TemplateResult {
    const { chat } = this.words;
    return html`
      <form @submit=${this.#onSubmit}>
        ${this.failure === null ? "" : html`<p class="failure red" role="alert">${this.failure}</p>`}
        ${this.#contextTemplate()} ${this.#filesTemplate()}
        ${this.recording ? html`<qsec-voice .words=${this.words} ?online=${this.#ready} @qsec-voice=${this.#onVoice}></qsec-voice>` : this.#box()}
        <p id="hint" class="hint muted ${this.#hint() === "" ? "keys" : ""}">${this.#hint() || chat.hint}</p>
      </form>
    `;
  }

  #hint(): string {
    if (this.phase === "reconnecting" && this.#ready) return this.words.composer.waits;
    return this.words.chat.reason[this.phase];
  }

  #box(): TemplateResult {
    const { chat, composer } = this.words;
    const closed = this.phase === "closed";
    const isEdit = this.context?.kind === "edit";
    return html`<div class="box">
      ${
        this.sender === null || isEdit
          ? nothing
          : html` <input type="file" multiple hidden @change=${this.#onPick} />
              <button
                type="button"
                class="square quiet"
                aria-label=${composer.attach}
                title=${composer.attach}
                ?disabled=${closed}
                @click=${() => this.picker?.click()}
              >
                ${attachIcon}
              </button>`
      }
      <textarea
        part="field"
        rows="1"
        dir="auto"
        aria-label=${chat.composer}
        aria-describedby="hint"
        placeholder=${chat.placeholder}
        ?disabled=${closed}
        .value=${live(this.draft)}
        @input=${this.#onInput}
        @keydown=${this.#onKeydown}
        @paste=${this.#onPaste}
      ></textarea>
      <slot name="composer-actions"></slot>
      ${
        this.sender === null || isEdit
          ? nothing
          : html` <button
              type="button"
              class="square quiet voice"
              aria-label=${composer.voice}
              title=${composer.voice}
              ?disabled=${!this.#ready}
              @click=${this.#record}
            >
              ${microphoneIcon}
            </button>`
      }
      <button part="send" class="primary send" type="submit" aria-describedby="hint" ?disabled=${!this.#ready}>
        ${sendIcon}<span>${isEdit ? composer.save : chat.send}</span>
      </button>
    </div>`;
  }

  #contextTemplate(): TemplateResult | typeof nothing {
    if (this.context === null) return nothing;
    const { kind, entry } = this.context;
    const { composer } = this.words;
    const title =
      kind === "edit" ? composer.editing : entry.own ? composer.replyingOwn : composer.replying(entry.from.name);
    return html`<div class="context">
      <p><bdi>${title}</bdi><bdi class="muted excerpt">${excerptOf(entry, this.words)}</bdi></p>
      <button type="button" class="square quiet" aria-label=${composer.end} @click=${this.#end}>${closeIcon}</button>
    </div>`;
  }

  #filesTemplate(): TemplateResult | typeof nothing {
    if (this.files.length === 0) return nothing;
    const { composer } = this.words;
    return html`<ul class="files" aria-label=${composer.attached}>
      ${this.files.map(
        (file) =>
          html`<li>
            <bdi>${file.name}</bdi>
            <button
              type="button"
              class="square quiet"
              aria-label=${composer.detach(file.name)}
              @click=${() => (this.files = this.files.filter((other) => other !== file))}
            >
              ${closeIcon}
            </button>
          </li>`,
      )}
    </ul>`;
  }
}
