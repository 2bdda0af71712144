import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { en, type Words } from "../locale/en.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { closeIcon } from "../theme/icons.js";
import { chatBarStyles } from "./chat-bar.styles.js";
import { downChevronIcon, searchIcon, timerIcon, upIcon } from "./icons.js";
import { lengthOfTime } from "./lines.js";

/** Choices for how long messages stay, seconds; 0: for good. */
const LIFETIMES = [0, 60, 3_600, 86_400, 604_800, 2_592_000];

/**
 * Above the list: search, and how long messages stay. Holds what is open, not what is true.
 *
 * @slot start - Before its buttons
 * @slot end - After its buttons
 */
export class QsecChatBar extends LitElement {
  static override styles = [base, buttons, chatBarStyles];

  /** It is the header of a room, and not only the buttons of a list. */
  @property({ type: Boolean, reflect: true }) heading = false;
  /** There is nothing to search yet, and nobody to set anything for. */
  @property({ type: Boolean }) vacant = false;
  @property({ attribute: false }) words: Words = en;
  /** Seconds that messages stay; 0: for good. */
  @property({ type: Number }) lifetime = 0;
  /** Whether this person may change it. */
  @property({ type: Boolean }) leads = false;
  /** How many messages match, and which of them is looked at, from 0. */
  @property({ type: Number }) found = 0;
  @property({ type: Number }) match = 0;
  @property({ attribute: false }) onSearch: (query: string | null) => void = () => undefined;
  @property({ attribute: false }) onMove: (by: 1 | -1) => void = () => undefined;
  @property({ attribute: false }) onLifetime: (seconds: number) => void = () => undefined;
  @state() private open: "search" | "lifetime" | null = null;
  @state() private text = "";
  @query("input[type=search]") private readonly field!: HTMLInputElement | null;

  async #toggle(what: "search" | "lifetime"): Promise<void> {
    if (this.open === what) return this.#close();
    this.onSearch(null);
    this.text = "";
    this.open = what;
    await this.updateComplete;
    (this.field ?? this.shadowRoot!.querySelector<HTMLElement>("input:checked"))?.focus();
  }

  #close(): void {
    const what = this.open;
    this.open = null;
    this.onSearch(null);
    this.shadowRoot!.querySelector<HTMLElement>(`[data-opens=${what}]`)?.focus();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.open !== null) {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Enter" && this.open === "search") {
      event.preventDefault();
      this.onMove(event.shiftKey ? 1 : -1);
    }
  };

  readonly #onInput = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.onSearch(this.text);
  };

  protected override render(): TemplateResult {
    const { chat, language } = this.words;
    return html`<div @keydown=${this.#onKeydown}>
      <div class="bar">
        <div class="start"><slot name="start"></slot></div>
        ${
          this.vacant && this.open === null
            ? nothing
            : html`${this.#opener("lifetime", chat.lifetime.open, timerIcon)}
              ${this.#opener("search", chat.search.open, searchIcon)}`
        }
        <slot name="end"></slot>
      </div>
      ${
        this.lifetime === 0
          ? nothing
          : html`<p class="state muted">
              ${timerIcon}<span>${chat.lifetime.after(lengthOfTime(this.lifetime, language))}</span>
            </p>`
      }
      ${this.open === "search" ? this.#search() : nothing} ${this.open === "lifetime" ? this.#lifetimes() : nothing}
    </div>`;
  }

  #opener(what: "search" | "lifetime", label: string, icon: TemplateResult): TemplateResult {
    return html`<button
      class="square quiet"
      data-opens=${what}
      aria-label=${label}
      title=${label}
      aria-expanded=${this.open === what}
      @click=${() => this.#toggle(what)}
    >
      ${icon}
    </button>`;
  }

  #search(): TemplateResult {
    const { search } = this.words.chat;
    const none = this.found === 0;
    const place = none ? search.none : search.place(this.match + 1, this.found);
    return html`<search class="panel">
      <input
        type="search"
        dir="auto"
        aria-label=${search.field}
        placeholder=${search.field}
        .value=${this.text}
        @input=${this.#onInput}
      />
      <span class="place muted" role="status">${this.text.trim() === "" ? "" : place}</span>
      <button class="square quiet" aria-label=${search.before} ?disabled=${none} @click=${() => this.onMove(-1)}>
        ${upIcon}
      </button>
      <button class="square quiet" aria-label=${search.after} ?disabled=${none} @click=${() => this.onMove(1)}>
        ${downChevronIcon}
      </button>
      <button class="square quiet" aria-label=${search.close} @click=${this.#close}>${closeIcon}</button>
    </search>`;
  }

  #lifetimes(): TemplateResult {
    const { chat, language } = this.words;
    const choices = LIFETIMES.includes(this.lifetime) ? LIFETIMES : [...LIFETIMES, this.lifetime];
    return html`<fieldset class="panel lifetimes" ?disabled=${!this.leads}>
      <legend>${chat.lifetime.legend}</legend>
      ${choices.map(
        (seconds) =>
          html`<label
            ><input
              type="radio"
              name="lifetime"
              .checked=${seconds === this.lifetime}
              @change=${() => this.onLifetime(seconds)}
            /><span>${seconds === 0 ? chat.lifetime.off : lengthOfTime(seconds, language)}</span></label
          >`,
      )}
      <p class="muted">${this.leads ? chat.lifetime.note : chat.lifetime.leaderOnly}</p>
    </fieldset>`;
  }
}
