import { html, LitElement, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { en, type Words } from "../locale/en.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { dialogStyles } from "./dialog.styles.js";

/** What is asked before something that cannot be taken back. */
export interface Question {
  /** What is asked. */
  readonly title: string;
  /** What follows from a yes. */
  readonly text: string;
  /** The label of the button that says yes: what it does, in a word or two. */
  readonly confirm: string;
}

/** Asks once more. The focus starts on the title, Escape says no, and afterwards it is where it was. */
export class QsecConfirmDialog extends LitElement {
  static override styles = [base, buttons, dialogStyles];

  /** The words it shows. */
  @property({ attribute: false }) words: Words = en;
  @state() private question: Question | null = null;
  @query("dialog") private readonly dialog!: HTMLDialogElement | null;
  #answer: ((yes: boolean) => void) | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settle(false);
  }

  /** Resolves with whether the person said yes. A question that was open is answered with no. */
  async ask(question: Question): Promise<boolean> {
    this.#settle(false);
    const answer = new Promise<boolean>((resolve) => (this.#answer = resolve));
    this.question = question;
    await this.updateComplete;
    if (this.dialog !== null && !this.dialog.open) {
      this.dialog.showModal();
      this.dialog.querySelector("h2")?.focus();
    }
    return answer;
  }

  /** Closed before it is taken out, so that the browser gives the focus back. */
  #settle(yes: boolean): void {
    this.dialog?.close();
    this.question = null;
    this.#answer?.(yes);
    this.#answer = null;
  }

  protected override render(): TemplateResult | "" {
    const { question, words } = this;
    if (question === null) return "";
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      aria-describedby="text"
      @cancel=${() => this.#settle(false)}
      @close=${() => this.dialog?.open === false && this.#settle(false)}
    >
      <h2 id="title" tabindex="-1"><bdi>${question.title}</bdi></h2>
      <p id="text" class="muted">${question.text}</p>
      <div class="answers">
        <button data-answer="no" @click=${() => this.#settle(false)}>${words.room.cancel}</button>
        <button data-answer="yes" class="primary" @click=${() => this.#settle(true)}>${question.confirm}</button>
      </div>
    </dialog>`;
  }
}
