import type { MemberId, QsecSession, SessionState } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { isAtEnd, scrollToEnd } from "../session/end-of-scroll.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { downIcon } from "../theme/icons.js";
import { chatStyles } from "./chat.styles.js";
import { appendEpoch, appendMessage, type Item } from "./items.js";
import { itemTemplate } from "./item-template.js";

/**
 * The conversation: the message list and the composer.
 *
 * @slot empty - Shown in the middle while there is no message yet
 * @csspart log - The message list
 * @csspart message - One bubble
 * @csspart composer - The composer element
 */
export class QsecChat extends SessionElement {
  static override styles = [base, buttons, chatStyles];

  @state() private items: readonly Item[] = [];
  @state() private phase: SessionState = "idle";
  /** Messages that came while the person was reading further up. */
  @state() private unread = 0;
  @state() private atEnd = true;
  @query(".log") private readonly list!: HTMLElement | null;
  #leader: MemberId | null = null;
  #top = 0;
  #resize: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(this.#stay);
    if (this.list !== null) this.#resize.observe(this.list);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
  }

  protected override reset(): void {
    this.items = [];
    this.unread = 0;
    this.atEnd = true;
    this.#leader = null;
    this.phase = this.session?.state ?? "idle";
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.phase = session.state;
    session.addEventListener("state", ({ detail }) => (this.phase = detail.state), { signal });
    session.addEventListener(
      "message",
      ({ detail }) => {
        this.items = appendMessage(this.items, detail);
        // Who writes wants to see it; who reads further up stays there.
        if (detail.own) this.atEnd = true;
        else if (!this.atEnd) this.unread++;
      },
      { signal },
    );
    session.addEventListener(
      "epoch",
      ({ detail }) => {
        this.items = appendEpoch(this.items, detail, session.id, this.#leader, this.words);
        this.#leader = detail.leader.id;
      },
      { signal },
    );
  }

  protected override firstUpdated(): void {
    this.#resize?.observe(this.list!);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#stay();
  }

  readonly #stay = (): void => {
    if (this.atEnd && this.list !== null) scrollToEnd(this.list);
  };

  readonly #onScroll = (): void => {
    if (this.list === null) return;
    // Only moving up leaves the end: a list that got shorter or longer by itself does not.
    const up = this.list.scrollTop < this.#top;
    this.#top = this.list.scrollTop;
    if (isAtEnd(this.list)) this.atEnd = true;
    else if (up) this.atEnd = false;
    if (this.atEnd) this.unread = 0;
  };

  #jump(): void {
    this.atEnd = true;
    this.unread = 0;
    this.list?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { chat } = this.words;
    const rows = repeat(
      this.items,
      (item) => item.id,
      (item) => itemTemplate(item, this.words),
    );
    const empty = this.phase !== "secured" && !this.items.some((item) => item.kind === "message");
    return html`
      <div class="scroller">
        <div class="log" part="log" role="log" tabindex="0" aria-label=${chat.log} @scroll=${this.#onScroll}>
          ${rows}
        </div>
        ${empty ? html`<div class="empty"><slot name="empty"></slot></div>` : ""}
        ${this.atEnd ? "" : this.#jumpButton()}
      </div>
      <qsec-composer part="composer" .session=${this.session} .words=${this.words}></qsec-composer>
    `;
  }

  #jumpButton(): TemplateResult {
    const { chat } = this.words;
    return html`<button class="jump small" @click=${this.#jump}>
      ${downIcon}<span>${this.unread > 0 ? chat.newMessages(this.unread) : chat.latest}</span>
    </button>`;
  }
}
