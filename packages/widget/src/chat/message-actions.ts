import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { en, type Words } from "../locale/en.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { copyIcon, deleteIcon, editIcon, reactIcon, replyIcon } from "./icons.js";
import { messageActionsStyles } from "./message-actions.styles.js";
import type { MessageEntry } from "./model/entries.js";
import { cleanEmoji } from "./model/reactions.js";

const EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀"];
const EMOJI_BYTES_MAX = 64;

/** What a person wants to do with a message. */
export type MessageAction =
  { readonly do: "react"; readonly emoji: string } | { readonly do: "reply" | "copy" | "edit" | "delete" };
export type MessageActionEvent = CustomEvent<MessageAction>;

/**
 * What can be done with one message: a toolbar that the arrow keys walk through, and behind *React* the emoji.
 *
 * @fires qsec-action - The person has chosen
 * @fires qsec-back - The person pressed Escape: back to the message
 */
export class QsecMessageActions extends LitElement {
  static override styles = [base, buttons, messageActionsStyles];

  @property({ attribute: false }) entry: MessageEntry | null = null;
  /** Whether anything can be sent now. */
  @property({ type: Boolean }) online = false;
  @property({ attribute: false }) words: Words = en;
  @state() private stage: "actions" | "emoji" | "delete" = "actions";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("entry") && changed.get("entry")?.id !== this.entry?.id) this.stage = "actions";
  }

  protected override updated(changed: PropertyValues): void {
    const stops = this.#stops;
    if (!stops.some(({ tabIndex }) => tabIndex === 0)) this.#makeStop(stops[0]);
    // The button that was pressed is gone: the focus goes on to what came in its place.
    if (changed.has("stage") && changed.get("stage") !== undefined && this.matches(":focus-within, [data-focus]"))
      this.focus();
  }

  override focus(options?: FocusOptions): void {
    this.#makeStop(this.#stops[0]);
    this.#stops[0]?.focus(options);
  }

  get #stops(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>("button, input") ?? [])];
  }

  #makeStop(stop: HTMLElement | undefined): void {
    for (const each of this.#stops) each.tabIndex = each === stop ? 0 : -1;
  }

  #choose(action: MessageAction): void {
    this.stage = "actions";
    this.dispatchEvent(new CustomEvent("qsec-action", { detail: action }));
  }

  #show(stage: typeof this.stage): void {
    this.toggleAttribute("data-focus", this.shadowRoot!.activeElement !== null);
    this.stage = stage;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.stage === "actions") this.dispatchEvent(new CustomEvent("qsec-back"));
      else this.#show("actions");
      return;
    }
    const stops = this.#stops;
    const at = stops.findIndex((stop) => stop === this.shadowRoot!.activeElement);
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    // In the field the arrows belong to the text.
    if (to === undefined || (stops[at] instanceof HTMLInputElement && stops[at].value !== "")) return;
    event.preventDefault();
    const next = stops[(to + stops.length) % stops.length];
    this.#makeStop(next);
    next?.focus();
  };

  readonly #onOther = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = this.shadowRoot!.querySelector("input")!;
    const emoji = oneCharacter(cleanEmoji(field.value), this.words.language);
    if (emoji === "" || new TextEncoder().encode(emoji).length > EMOJI_BYTES_MAX) return;
    this.#choose({ do: "react", emoji });
  };

  protected override render(): TemplateResult | typeof nothing {
    const { entry, words } = this;
    if (entry === null || entry.ref === null || entry.deleted) return nothing;
    const { chat } = words;
    const name = entry.own ? chat.you : entry.from.name;
    const labels = { actions: chat.actions.label(name), emoji: chat.reaction.picker, delete: chat.actions.confirm };
    const stages = { actions: () => this.#actions(entry), emoji: () => this.#emoji(), delete: () => this.#confirm() };
    return html`<div class="bar" role="toolbar" aria-label=${labels[this.stage]} @keydown=${this.#onKeydown}>
      ${stages[this.stage]()}
    </div>`;
  }

  #actions(entry: MessageEntry): TemplateResult {
    const { actions } = this.words.chat;
    const isText = entry.file === null;
    return html`
      ${this.online ? this.#button(actions.react, reactIcon, () => this.#show("emoji")) : nothing}
      ${this.online ? this.#button(actions.reply, replyIcon, () => this.#choose({ do: "reply" })) : nothing}
      ${isText ? this.#button(actions.copy, copyIcon, () => this.#choose({ do: "copy" })) : nothing}
      ${entry.own && isText && this.online ? this.#button(actions.edit, editIcon, () => this.#choose({ do: "edit" })) : nothing}
      ${entry.own && this.online ? this.#button(actions.delete, deleteIcon, () => this.#show("delete")) : nothing}
    `;
  }

  #button(label: string, icon: TemplateResult, run: () => void): TemplateResult {
    return html`<button class="square quiet" aria-label=${label} title=${label} @click=${run}>${icon}</button>`;
  }

  #emoji(): TemplateResult {
    const { reaction } = this.words.chat;
    return html`
      ${EMOJI.map(
        (emoji) =>
          html`<button
            class="square quiet emoji"
            aria-label=${reaction.with(emoji)}
            @click=${() => this.#choose({ do: "react", emoji })}
          >
            ${emoji}
          </button>`,
      )}
      <form @submit=${this.#onOther}>
        <input aria-label=${reaction.other} placeholder="+" maxlength="32" autocomplete="off" enterkeyhint="send" />
      </form>
    `;
  }

  #confirm(): TemplateResult {
    const { actions } = this.words.chat;
    return html`
      <span class="question">${actions.confirm}</span>
      <button class="small" @click=${() => this.#show("actions")}>${actions.keep}</button>
      <button class="small danger" @click=${() => this.#choose({ do: "delete" })}>${actions.delete}</button>
    `;
  }
}

/** The first character as a reader counts them: an emoji of several code points is one. */
function oneCharacter(text: string, language?: string): string {
  const [first] = new Intl.Segmenter(language, { granularity: "grapheme" }).segment(text);
  return first?.segment ?? "";
}

declare global {
  interface HTMLElementEventMap {
    "qsec-action": MessageActionEvent;
    "qsec-back": CustomEvent<void>;
  }
}
