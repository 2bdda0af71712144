import { html, LitElement, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { en, type Words } from "../locale/en.js";
import { duration } from "../locale/format.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { closeIcon, sendIcon } from "../theme/icons.js";
import { ObjectUrls } from "./object-urls.js";
import { LONGEST, obstacle, Recorder, refusalOf, type Refusal } from "./recorder.js";
import { voiceStyles } from "./voice.styles.js";

type Stage =
  | { readonly name: "asking" }
  | { readonly name: "recording"; readonly recorder: Recorder; readonly since: number }
  | { readonly name: "review"; readonly blob: Blob; readonly length: number }
  | { readonly name: "refused"; readonly why: Refusal };

/**
 * Records a voice message: asks for the microphone at once, shows how loud it is, and lets the person listen before it is
 * sent. The microphone is let go when the element goes.
 *
 * @fires qsec-voice - The person is done; the detail is the recording, or null
 */
export class QsecVoice extends LitElement {
  static override styles = [base, buttons, voiceStyles];

  @property({ attribute: false }) words: Words = en;
  /** Whether it can be sent now. */
  @property({ type: Boolean }) online = false;
  @state() private stage: Stage = { name: "asking" };
  @query("button") private readonly first!: HTMLButtonElement | null;
  @query("meter") private readonly meter!: HTMLMeterElement | null;
  @query("time") private readonly clock!: HTMLTimeElement | null;
  readonly #urls = new ObjectUrls(this);
  #life = new AbortController();
  #frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#life = new AbortController();
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life.abort();
    void this.#silence();
    this.stage = { name: "asking" };
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    // What was pressed is gone; the next thing to press takes the focus.
    if (changed.has("stage")) this.first?.focus();
  }

  async #start(): Promise<void> {
    const { signal } = this.#life;
    const why = obstacle();
    if (why !== null) return void (this.stage = { name: "refused", why });
    this.stage = { name: "asking" };
    try {
      const recorder = await Recorder.start(signal);
      this.stage = { name: "recording", recorder, since: performance.now() };
      this.#frame = requestAnimationFrame(this.#measure);
    } catch (error) {
      if (!signal.aborted) this.stage = { name: "refused", why: refusalOf(error) };
    }
  }

  /** Draws the level and the time without a rendering for each. */
  readonly #measure = (): void => {
    if (this.stage.name !== "recording") return;
    const length = performance.now() - this.stage.since;
    if (this.meter !== null) this.meter.value = this.stage.recorder.level;
    if (this.clock !== null) this.clock.textContent = duration(length);
    if (length >= LONGEST) void this.#stop();
    else this.#frame = requestAnimationFrame(this.#measure);
  };

  readonly #stop = async (): Promise<void> => {
    if (this.stage.name !== "recording") return;
    const length = performance.now() - this.stage.since;
    const blob = await this.#silence();
    if (blob !== null && !this.#life.signal.aborted) this.stage = { name: "review", blob, length };
  };

  async #silence(): Promise<Blob | null> {
    cancelAnimationFrame(this.#frame);
    return this.stage.name === "recording" ? this.stage.recorder.stop() : null;
  }

  readonly #discard = (): void => this.#done(null);

  readonly #send = (): void => {
    if (this.stage.name !== "review") return;
    const { blob } = this.stage;
    const extension = blob.type === "audio/mp4" ? "m4a" : blob.type.slice("audio/".length);
    this.#done(new File([blob], `${this.words.media.voice.fileName}.${extension}`, { type: blob.type }));
  };

  #done(file: File | null): void {
    this.dispatchEvent(new CustomEvent("qsec-voice", { detail: file }));
  }

  protected override render(): TemplateResult {
    const { voice } = this.words.media;
    return html`<div class="box" role="group" aria-label=${voice.title} @keydown=${this.#onKeydown}>
      ${this.#content()}
    </div>`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#discard();
  };

  #content(): TemplateResult {
    const { stage, words } = this;
    const { voice, retry } = words.media;
    const discard = html`<button
      type="button"
      class="square quiet"
      aria-label=${voice.discard}
      title=${voice.discard}
      @click=${this.#discard}
    >
      ${closeIcon}
    </button>`;
    switch (stage.name) {
      case "asking":
        return html`<p class="grow muted" role="status">${voice.asking}</p>
          ${discard}`;
      case "recording":
        return html`<button type="button" class="primary stop" @click=${this.#stop}>${voice.stop}</button>
          <span class="grow live"
            ><span class="dot red" aria-hidden="true"></span><span>${voice.recording}</span>
            <time class="mono">0:00</time> <meter min="0" max="1" aria-label=${voice.level}></meter></span
          >${discard}`;
      case "review":
        return html`<audio class="grow" controls src=${this.#urls.of(stage.blob)} aria-label=${voice.review}></audio>
          <span class="mono muted">${duration(stage.length)}</span>${discard}
          <button
            type="button"
            class="primary send"
            aria-label=${voice.send}
            ?disabled=${!this.online}
            @click=${this.#send}
          >
            ${sendIcon}
          </button>`;
      case "refused":
        return html`<p class="grow refused red" role="alert">${voice.refused[stage.why]}</p>
          ${stage.why === "insecure" || stage.why === "unsupported" ? "" : html`<button type="button" class="small" @click=${this.#start}>${retry}</button>`}
          ${discard}`;
    }
  }
}
