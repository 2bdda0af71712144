import type { QsecSession } from "@qsec2/sdk";
import { html, isServer, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { checkIcon, linkIcon, qrIcon, shareIcon } from "../theme/icons.js";
import { inviteStyles } from "./invite.styles.js";
import type { qrCode } from "./qr-code.js";

/** How long "copied" stays on the button, ms. */
const COPIED_TIME = 2500;

/**
 * Ways to hand on the invite link: copy it, share it where the device can, or show it as a QR code. One sentence says
 * what the link can do.
 *
 * @csspart qr - The QR code
 */
export class QsecInvite extends SessionElement {
  static override styles = [base, buttons, inviteStyles];

  /** Address of the page that serves `/room/<id>`. */
  @property() page = "";
  /** Set where inviting is the one thing to do. */
  @property({ type: Boolean }) primary = false;

  @state() private copied = false;
  /** The link in a field, for browsers that refuse to copy. */
  @state() private manual: string | null = null;
  /** The code is asked for; it shows as soon as its module is there. */
  @state() private showsCode = false;
  @state() private qrCode: typeof qrCode | null = null;
  @query("input") private readonly field!: HTMLInputElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override reset(): void {
    this.copied = false;
    this.manual = null;
    this.showsCode = false;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    // With a new room secret the link from before opens nothing any more.
    session.addEventListener("rotated", () => (this.manual = null), { signal });
    session.addEventListener("rotated", () => this.requestUpdate(), { signal });
    session.addEventListener("state", () => this.requestUpdate(), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.copied = false;
  }

  /** The link, or null where there is none: before there is a session, and after its end. */
  get #link(): string | null {
    const { session } = this;
    return session === null || session.state === "closed" ? null : session.inviteLink(this.page);
  }

  protected override render(): TemplateResult {
    const { invite } = this.words;
    const disabled = this.#link === null;
    return html`
      <button class=${this.primary ? "primary" : ""} ?disabled=${disabled} @click=${this.#copy}>
        ${this.copied ? checkIcon : linkIcon}<span>${this.copied ? invite.copied : invite.copy}</span>
      </button>
      <div class="others">
        ${
          canShare()
            ? html`<button data-share ?disabled=${disabled} @click=${this.#share}>
                ${shareIcon}<span>${invite.share}</span>
              </button>`
            : ""
        }
        <button
          data-qr
          aria-expanded=${this.showsCode}
          aria-controls="code"
          ?disabled=${disabled}
          @click=${this.#toggleCode}
        >
          ${qrIcon}<span>${this.showsCode ? invite.hideCode : invite.showCode}</span>
        </button>
      </div>
      <p class="visually-hidden" role="status">${this.copied ? invite.copied : ""}</p>
      ${this.manual === null ? "" : this.#field(this.manual)}
      <div id="code">${this.#code()}</div>
      <p class="hint muted">${invite[this.session?.admission ?? "link"]}</p>
    `;
  }

  #code(): TemplateResult | "" {
    const link = this.#link;
    if (!this.showsCode || this.qrCode === null || link === null) return "";
    return this.qrCode(link, this.words.invite.code);
  }

  #field(link: string): TemplateResult {
    const { invite } = this.words;
    return html`<label>
      <span>${invite.manual}</span>
      <input class="mono" readonly .value=${link} aria-label=${invite.field} @focus=${() => this.field?.select()} />
    </label>`;
  }

  async #toggleCode(): Promise<void> {
    this.showsCode = !this.showsCode;
    if (this.showsCode) this.qrCode ??= (await import("./qr-code.js")).qrCode;
  }

  async #copy(): Promise<void> {
    const link = this.#link;
    if (link === null) return;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // No permission, or a page without a clipboard: the person copies by hand.
      await this.#giveByHand(link);
      return;
    }
    this.copied = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = false), COPIED_TIME);
  }

  async #share(): Promise<void> {
    const link = this.#link;
    if (link === null) return;
    try {
      await navigator.share({ title: this.words.invite.shareTitle(this.session!.room), url: link });
    } catch (error) {
      // Somebody who closes the list of applications has changed their mind; everything else leaves the link to copy.
      if (!(error instanceof DOMException && error.name === "AbortError")) await this.#giveByHand(link);
    }
  }

  async #giveByHand(link: string): Promise<void> {
    this.manual = link;
    await this.updateComplete;
    this.field?.focus();
  }
}

function canShare(): boolean {
  return !isServer && typeof navigator.share === "function";
}
