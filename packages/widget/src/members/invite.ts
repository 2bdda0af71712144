import { html, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { checkIcon, linkIcon } from "../theme/icons.js";
import { inviteStyles } from "./invite.styles.js";

/** How long "copied" stays on the button, ms. */
const COPIED_TIME = 2500;

/** A button that copies the invite link, and one sentence on what the link can do. */
export class QsecInvite extends SessionElement {
  static override styles = [base, buttons, inviteStyles];

  /** Address of the page that serves `/room/<id>`. */
  @property() page = "";
  /** Set where inviting is the one thing to do. */
  @property({ type: Boolean }) primary = false;

  @state() private copied = false;
  /** The link in a field, for browsers that refuse to copy. */
  @state() private manual: string | null = null;
  @query("input") private readonly field!: HTMLInputElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override reset(): void {
    this.copied = false;
    this.manual = null;
  }

  protected override observe(): void {}

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.copied = false;
  }

  protected override render(): TemplateResult {
    const { invite } = this.words;
    return html`
      <button class=${this.primary ? "primary" : ""} ?disabled=${this.session === null} @click=${this.#copy}>
        ${this.copied ? checkIcon : linkIcon}<span>${this.copied ? invite.copied : invite.copy}</span>
      </button>
      <p class="visually-hidden" role="status">${this.copied ? invite.copied : ""}</p>
      ${this.manual === null ? "" : this.#field(this.manual)}
      <p class="hint muted">${invite[this.session?.admission ?? "link"]}</p>
    `;
  }

  #field(link: string): TemplateResult {
    const { invite } = this.words;
    return html`<label>
      <span>${invite.manual}</span>
      <input class="mono" readonly .value=${link} aria-label=${invite.field} @focus=${() => this.field?.select()} />
    </label>`;
  }

  async #copy(): Promise<void> {
    if (this.session === null || this.session.state === "closed") return;
    const link = this.session.inviteLink(this.page);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // No permission, or a page without a clipboard: the person copies by hand.
      this.manual = link;
      await this.updateComplete;
      this.field?.focus();
      return;
    }
    this.copied = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = false), COPIED_TIME);
  }
}
