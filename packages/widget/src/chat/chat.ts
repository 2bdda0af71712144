import type { MessageRef, QsecSession, SessionState } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { list } from "../locale/format.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { downIcon } from "../theme/icons.js";
import { chatStyles } from "./chat.styles.js";
import { fileTemplate } from "./file-template.js";
import { LogKeys } from "./log-keys.js";
import { LogScroll } from "./log-scroll.js";
import { messageStyles } from "./message.styles.js";
import { rowTemplate, type RowHandlers } from "./message-template.js";
import type { MessageEntry } from "./model/entries.js";
import { rowsOf } from "./model/rows.js";
import { finderOf } from "./model/search.js";
import type { QsecComposer } from "./composer.js";
import { SessionChat } from "./session-chat.js";
import type { MessageActionEvent } from "./message-actions.js";
import { hasFiles } from "./transfer.js";

/** Frames of a history come faster than a screen is drawn: at most one rendering in this time, ms. */
const RENDER_PAUSE = 32;

/**
 * The conversation: the message list and the composer.
 *
 * @slot header - Before the buttons of its bar, which is a room's header then
 * @slot header-end - After the buttons of its bar
 * @slot notices - Between its bar and the message list
 * @slot empty - Shown in the middle while there is no message yet
 * @slot composer-actions - Buttons of one's own beside the field
 * @csspart log - The message list
 * @csspart message - One bubble
 * @csspart composer - The composer element
 */
export class QsecChat extends SessionElement {
  static override styles = [base, buttons, chatStyles, messageStyles];

  /** Tell nobody that this person types or has read something. */
  @property({ type: Boolean }) discreet = false;
  /** Its bar is the header of a room. */
  @property({ type: Boolean }) heading = false;
  /** `off`: a screen reader does not announce what comes. */
  @property() announce: "on" | "off" = "on";

  @state() private phase: SessionState = "idle";
  @state() private query: string | null = null;
  @state() private match = 0;
  @state() private dropping = false;
  @state() private status = "";
  @state() private expanded: ReadonlySet<string> = new Set();
  @query(".log") private readonly list!: HTMLElement | null;
  @query("qsec-composer") private readonly composer!: QsecComposer | null;

  #chat: SessionChat | null = null;
  #renderedAt = -Infinity;
  readonly #scroll = new LogScroll(this, () => this.list);
  readonly #keys = new LogKeys(this, () => this.list);
  readonly #onVisible = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#chat?.rest();
  }

  protected override reset(): void {
    this.#chat?.end();
    const { session } = this;
    const changed = () => this.requestUpdate();
    this.#chat = session === null ? null : new SessionChat(session, { words: () => this.words, changed });
    this.phase = session?.state ?? "idle";
    this.query = null;
    this.expanded = new Set();
    this.#scroll.toEnd();
    this.#keys.active = null;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.phase = session.state;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
    this.#chat?.listen(signal, () => this.#scroll.toEnd());
  }

  /** Waits while renderings follow each other closely; the first after a pause comes at once. */
  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#renderedAt + RENDER_PAUSE - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.#renderedAt = performance.now();
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    const { model } = this.#chat ?? {};
    if (model === undefined) return;
    this.#scroll.update(model.entries.length);
    model.reading(this.#scroll.isFollowing && !document.hidden);
    this.#chat!.isDiscreet = this.discreet;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#scroll.settle();
    this.#keys.settle();
    if (this.#scroll.isFollowing && !document.hidden) this.#chat?.read();
  }

  get #online(): boolean {
    return this.#chat?.isOnline ?? false;
  }

  readonly #rows: RowHandlers = {
    toggleReaction: ({ ref }, emoji, own) => {
      if (ref !== null) this.#do(this.session!.chat({ op: "react", ref, emoji: own ? "" : emoji }));
    },
    goTo: (ref) => this.#goTo(ref),
    expand: (id, on) => {
      const expanded = new Set(this.expanded);
      if (on) expanded.add(id);
      else expanded.delete(id);
      this.expanded = expanded;
    },
    file: (entry) => fileTemplate(entry, this.#chat!, this.words),
  };

  /** Shows why something that was asked of the session could not be done. */
  #do(work: Promise<unknown>): void {
    work.catch((error: unknown) => (this.status = this.#chat!.sentence(error)));
  }

  #goTo(ref: MessageRef): void {
    const entry = this.#chat?.model.find(ref);
    if (entry !== undefined) void this.#show(entry.id);
  }

  async #show(id: string): Promise<void> {
    const index = this.#chat!.model.entries.findIndex((entry) => entry.id === id);
    if (index < 0) return;
    this.#scroll.around(index);
    await this.updateComplete;
    const row = this.#keys.row(id);
    row?.scrollIntoView({ block: "center" });
    if (this.query === null) row?.focus({ preventScroll: true });
  }

  readonly #onSearch = (query: string | null): void => {
    this.query = query;
    const found = this.#found;
    this.match = Math.max(0, found.length - 1);
    if (found.length > 0) void this.#show(found[this.match]);
  };

  readonly #onMove = (by: 1 | -1): void => {
    const found = this.#found;
    if (found.length === 0) return;
    this.match = (this.match + by + found.length) % found.length;
    void this.#show(found[this.match]);
  };

  get #found(): readonly string[] {
    const finder = finderOf(this.query ?? "");
    return finder === null || this.#chat === null ? [] : this.#chat.model.search(finder);
  }

  readonly #onAction = ({ detail }: MessageActionEvent): void => {
    const entry = this.#activeEntry;
    if (entry === null || entry.ref === null) return;
    const { ref } = entry;
    if (detail.do === "react") this.#do(this.session!.chat({ op: "react", ref, emoji: detail.emoji }));
    else if (detail.do === "delete") this.#do(this.session!.chat({ op: "delete", ref }));
    else if (detail.do === "copy") this.#do(this.#copy(entry.text));
    else {
      this.#keys.leave();
      this.composer?.begin({ kind: detail.do, entry });
      return;
    }
    if (detail.do !== "copy") this.#keys.backToRow();
  };

  async #copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.status = this.words.chat.actions.copied;
  }

  get #activeEntry(): MessageEntry | null {
    const entry = this.#chat?.model.entries.find(({ id }) => id === this.#keys.active);
    return entry?.kind === "message" ? entry : null;
  }

  readonly #onDrag = (event: DragEvent): void => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.dropping = event.type !== "drop" && event.type !== "dragleave";
    if (event.type === "drop") this.composer?.attach(event.dataTransfer!.files);
  };

  readonly #onScroll = (): void => {
    this.#scroll.onScroll();
    this.#keys.place();
  };

  #jump(): void {
    this.#scroll.toEnd();
    this.list?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const { chat } = words;
    const model = this.#chat?.model;
    const found = this.#found;
    const empty = this.phase !== "secured" && !(model?.entries.some(({ kind }) => kind === "message") ?? false);
    return html`
      <div
        class="whole"
        @dragenter=${this.#onDrag}
        @dragover=${this.#onDrag}
        @dragleave=${this.#onDrag}
        @drop=${this.#onDrag}
      >
        <qsec-chat-bar
          ?heading=${this.heading}
          ?vacant=${empty}
          .words=${words}
          .lifetime=${model?.lifetime ?? 0}
          ?leads=${this.#online && (this.#chat?.leads ?? false)}
          .found=${found.length}
          .match=${this.match}
          .onSearch=${this.#onSearch}
          .onMove=${this.#onMove}
          .onLifetime=${(seconds: number) => this.#do(this.session!.chat({ op: "expire", seconds }))}
          ><slot name="header" slot="start"></slot><slot name="header-end" slot="end"></slot
        ></qsec-chat-bar>
        <slot name="notices"></slot>
        <div
          class="scroller ${empty ? "vacant" : ""}"
          @pointerleave=${this.#keys.onPointerLeave}
          @focusout=${this.#keys.onBlur}
        >
          ${empty ? html`<div class="empty"><slot name="empty"></slot></div>` : ""}
          <div
            class="log"
            part="log"
            role="log"
            tabindex="0"
            aria-label=${chat.log}
            aria-live=${this.announce === "off" ? "off" : "polite"}
            aria-busy=${this.#scroll.isPaging}
            @scroll=${this.#onScroll}
            @keydown=${this.#keys.onKeydown}
            @qsec-grown=${this.#scroll.onGrown}
            @focusin=${this.#keys.onFocus}
            @pointerover=${this.#keys.onPointer}
            @pointermove=${this.#keys.onMove}
            @click=${this.#keys.onPointer}
          >
            ${this.#rowTemplates(found)}
          </div>
          ${this.#actions()} ${this.#scroll.isFollowing ? "" : this.#jumpButton()}
          ${this.dropping ? html`<p class="drop">${words.composer.drop}</p>` : ""}
        </div>
        <p class="typing muted">${this.#typing()}</p>
        <p class="visually-hidden" role="status">${this.status}</p>
        <qsec-composer
          part="composer"
          .session=${this.session}
          .words=${words}
          .sender=${this.#chat}
          @qsec-end=${this.#keys.backToRow}
          ><slot name="composer-actions" slot="composer-actions"></slot
        ></qsec-composer>
      </div>
    `;
  }

  #rowTemplates(found: readonly string[]): unknown {
    const chat = this.#chat;
    if (chat === null) return "";
    const { model } = chat;
    const { start, end } = this.#scroll.span;
    const view = {
      self: chat.self,
      words: this.words,
      now: Date.now(),
      finder: finderOf(this.query ?? ""),
      current: found[this.match] ?? null,
      expanded: this.expanded,
      find: (ref: MessageRef) => model.find(ref),
      on: this.#rows,
    };
    return repeat(
      rowsOf(model.entries, start, end, model.unreadFrom),
      ({ id }) => id,
      (row) => rowTemplate(row, view),
    );
  }

  #actions(): TemplateResult | "" {
    const entry = this.#activeEntry;
    if (entry?.ref === undefined || entry.ref === null || entry.deleted) return "";
    return html`<qsec-message-actions
      .entry=${entry}
      .words=${this.words}
      ?online=${this.#online}
      @qsec-action=${this.#onAction}
      @qsec-back=${this.#keys.backToRow}
    ></qsec-message-actions>`;
  }

  #typing(): string {
    const names = this.#chat?.model.typing(Date.now()) ?? [];
    return names.length === 0 ? "" : this.words.chat.typing(list(names, this.words.language), names.length);
  }

  #jumpButton(): TemplateResult {
    const { chat } = this.words;
    const unread = this.#chat?.model.unread ?? 0;
    return html`<button class="jump small" @click=${this.#jump}>
      ${downIcon}<span>${unread > 0 ? chat.newMessages(unread) : chat.latest}</span>
    </button>`;
  }
}
