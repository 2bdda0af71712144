import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { FileProgress } from "@qsec2/sdk";
import type { MessageEntry } from "../chat/model/entries.js";
import type { OpenedFiles } from "../chat/opened-files.js";
import { sentenceOf } from "../chat/outgoing.js";
import { en, type Words } from "../locale/en.js";
import { percent } from "../locale/format.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { closeIcon, downIcon } from "../theme/icons.js";
import { attachmentStyles } from "./attachment.styles.js";
import { imageSizeOf } from "./image-size.js";
import { isFetchedUnasked, mediaKindOf, PROGRESS_BYTES, sizeText, type MediaKind } from "./media-kind.js";
import { ObjectUrls } from "./object-urls.js";
import { shownMedia, type ShownMedia } from "./shown-media.js";

/** What the small picture in a message may have at most: it is there without anybody having asked. */
const THUMB_PIXELS_MAX = 2 ** 20;

/**
 * The file of a message: on its way to the relay or from it, and then as a picture, a sound, a video, or something to save.
 * What is shown comes from the decrypted bytes alone.
 */
export class QsecAttachment extends LitElement {
  static override styles = [base, buttons, attachmentStyles];

  @property({ attribute: false }) entry: MessageEntry | null = null;
  @property({ attribute: false }) files: OpenedFiles | null = null;
  @property({ attribute: false }) words: Words = en;
  @property({ attribute: false }) onCancel: () => void = () => undefined;
  @property({ attribute: false }) onRetry: () => void = () => undefined;
  @state() private shown: ShownMedia | null = null;
  @state() private loading: AbortController | null = null;
  @state() private progress: FileProgress | null = null;
  @state() private failure: string | null = null;
  @state() private broken = false;
  @query("dialog") private readonly dialog!: HTMLDialogElement | null;
  readonly #urls = new ObjectUrls(this);
  /** What is shown, or being fetched: a file of a message, or a local one. */
  #source: object | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate("entry", null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("entry") || !this.isConnected) return;
    const { entry } = this;
    const source = entry?.local?.content ?? entry?.file ?? null;
    if (source === this.#source) return;
    this.#forget();
    this.#source = source;
    if (entry?.local) void this.#show(entry.local.content);
    else if (entry?.file && (isFetchedUnasked(this.#kind, entry.file.size) || this.files?.get(entry.file) !== null))
      void this.#fetch(true);
  }

  /** Its box may have grown: whoever reads the newest message wants to see it whole. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has("shown")) this.dispatchEvent(new CustomEvent("qsec-grown", { bubbles: true }));
  }

  get #kind(): MediaKind {
    return mediaKindOf(this.entry?.local?.mime ?? this.entry?.file?.mime ?? "");
  }

  get #name(): string {
    return this.entry?.file?.name ?? this.entry?.local?.name ?? "";
  }

  get #size(): number {
    return this.entry?.file?.size ?? this.entry?.local?.content.size ?? 0;
  }

  #forget(): void {
    this.loading?.abort();
    this.loading = this.shown = this.progress = this.failure = null;
    this.broken = false;
    this.#source = null;
    this.#urls.clear();
  }

  async #show(blob: Blob): Promise<void> {
    const source = this.#source;
    const shown = await shownMedia(blob, this.#kind);
    if (this.#source === source) this.shown = shown;
  }

  async #fetch(isUnasked = false): Promise<void> {
    const { file, from } = this.entry!;
    if (file === null || this.files === null || this.loading !== null) return;
    const controller = new AbortController();
    this.loading = controller;
    this.failure = null;
    try {
      const args = [file, controller.signal, (progress: FileProgress) => void (this.progress = progress)] as const;
      const blob = await (isUnasked ? this.files.openUnasked(from.id, ...args) : this.files.open(...args));
      if (!controller.signal.aborted) await this.#show(blob);
    } catch (error) {
      if (this.loading === controller)
        this.failure = controller.signal.aborted ? this.words.media.cancelled : sentenceOf(error, this.words);
    } finally {
      if (this.loading === controller) this.loading = this.progress = null;
    }
  }

  /** The browser cannot show it, or it is not what its sender says. */
  get #isBroken(): boolean {
    return this.broken || (this.shown !== null && this.shown.kind !== this.#kind);
  }

  readonly #onBroken = (): void => {
    this.broken = true;
    this.dialog?.close();
  };

  protected override render(): TemplateResult | typeof nothing {
    if (this.entry === null) return nothing;
    return html`${this.#preview()} ${this.#card()}`;
  }

  #preview(): TemplateResult | typeof nothing {
    const { media } = this.words;
    const name = this.#name;
    if (this.shown === null) return this.#thumb();
    if (this.#isBroken) return nothing;
    const { kind, blob, width, height } = this.shown;
    if (kind === "image") {
      const url = this.#urls.of(blob);
      const image = html`<img
        src=${url}
        alt=${media.picture(name)}
        width=${width}
        height=${height}
        @error=${this.#onBroken}
      />`;
      return html`<button
          class="picture ${shape(width, height)}"
          aria-label=${media.open(name)}
          @click=${() => this.dialog?.showModal()}
        >
          ${image}
        </button>
        <dialog closedby="any" aria-label=${media.picture(name)}>
          ${image}<button class="square" aria-label=${media.closePicture} @click=${() => this.dialog?.close()}>
            ${closeIcon}
          </button>
        </dialog>`;
    }
    if (kind === "audio")
      return html`<audio
        controls
        preload="metadata"
        src=${this.#urls.of(blob)}
        aria-label=${media.audio(name)}
        @error=${this.#onBroken}
      ></audio>`;
    if (kind === "video")
      return html`<video
        controls
        playsinline
        preload="metadata"
        src=${this.#urls.of(blob)}
        aria-label=${media.video(name)}
        @error=${this.#onBroken}
      ></video>`;
    return nothing;
  }

  /** The small picture in the message itself, until the large one is there. */
  #thumb(): TemplateResult | typeof nothing {
    const thumb = this.entry!.file?.thumb;
    const size = thumb === undefined || this.#kind === "other" ? null : imageSizeOf(thumb);
    if (thumb === undefined || size === null || size.width * size.height > THUMB_PIXELS_MAX) return nothing;
    const url = this.#urls.of((this.#thumbBlob ??= new Blob([thumb as Uint8Array<ArrayBuffer>], { type: size.mime })));
    return html`<span class="picture ${shape(size.width, size.height)}"
      ><img class="thumb" src=${url} alt="" width=${size.width} height=${size.height} @error=${hide}
    /></span>`;
  }
  #thumbBlob: Blob | null = null;

  /** What is looked at needs its name in small letters only. */
  get #isSeen(): boolean {
    return (this.#kind === "image" || this.#kind === "video") && this.shown !== null && !this.#isBroken;
  }

  #card(): TemplateResult {
    const { words } = this;
    const { media, language } = words;
    const failure = this.entry!.failure?.text ?? this.failure ?? (this.#isBroken ? media.broken : null);
    return html`<div class="card ${this.#isSeen ? "seen" : ""}">
        <span class="about">
          ${nameTemplate(this.#name)}
          <span class="size">${sizeText(this.#size, language)}${this.#transferText()}</span>
        </span>
        ${this.#buttons()}
      </div>
      ${this.#bar()} ${failure === null ? nothing : html`<p class="failure red" role="alert">${failure}</p>`}`;
  }

  /** Both ways: how far it has come, null when nothing moves. */
  get #moving(): FileProgress | "begins" | null {
    if (this.entry?.mark === "sending") return this.entry.progress ?? "begins";
    return this.loading === null ? null : (this.progress ?? "begins");
  }

  #transferText(): string {
    const { media, language } = this.words;
    const moving = this.#moving;
    if (moving === null) return "";
    if (moving === "begins") return ` · ${media.preparing}`;
    const share = percent(moving.total === 0 ? 1 : moving.done / moving.total, language, 0);
    return ` · ${this.entry!.mark === "sending" ? media.uploading(share) : media.downloading(share)}`;
  }

  #bar(): TemplateResult | typeof nothing {
    const moving = this.#moving;
    if (moving === null || moving === "begins" || this.#size < PROGRESS_BYTES) return nothing;
    return html`<progress
      max=${moving.total}
      value=${moving.done}
      aria-label=${this.words.media.progress(this.#name)}
    ></progress>`;
  }

  #buttons(): TemplateResult {
    const { media } = this.words;
    const { mark, failure } = this.entry!;
    const name = this.#name;
    if (mark === "failed")
      return html`${failure?.lasting ? nothing : html`<button class="small" @click=${this.onRetry}>${media.retry}</button>`}
        <button class="small quiet" @click=${this.onCancel}>${media.remove}</button>`;
    if (mark === "sending" || this.loading !== null) {
      const cancel = mark === "sending" ? this.onCancel : () => this.loading?.abort();
      return html`<button
        class="square quiet"
        aria-label=${media.cancelOf(name)}
        title=${media.cancel}
        @click=${cancel}
      >
        ${closeIcon}
      </button>`;
    }
    if (this.shown !== null)
      return html`<a
        class="save"
        href=${this.#urls.of(this.shown.blob)}
        download=${name}
        aria-label=${media.saveAs(name)}
        title=${media.save}
        >${downIcon}</a
      >`;
    const label = this.#kind === "other" ? media.downloadOf(name) : media.show(name);
    return html`<button class="small" aria-label=${label} @click=${() => this.#fetch()}>
      ${this.failure === null ? media.download : media.retry}
    </button>`;
  }
}

/** Upright pictures get more of the height; told before anything of the picture is there. */
function shape(width: number, height: number): string {
  return height > width * 1.1 ? "upright" : "";
}

/** Where a name is too long for its place its end stays in sight: what kind of file it is. */
function nameTemplate(name: string): TemplateResult {
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? "";
  return html`<bdi class="name"><span>${name.slice(0, name.length - extension.length)}</span>${extension}</bdi>`;
}

function hide(event: Event): void {
  (event.target as HTMLElement).hidden = true;
}
