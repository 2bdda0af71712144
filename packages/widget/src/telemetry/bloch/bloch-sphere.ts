import type { DisclosedQubit, QsecSession } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { livePalette, paletteProbes, type Palette } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { AnimationLoop } from "../animation.js";
import { RunElement } from "../run-element.js";
import { blochStyles } from "./bloch-sphere.styles.js";
import { describeQubit } from "./describe.js";
import { drawBloch } from "./draw.js";
import { momentAt, NOTHING, pickShown, QUBIT_TIME, type Scene } from "./model.js";

/**
 * The disclosed qubits of the latest run on a Bloch sphere, one by one: what was sent, then what was measured. When the
 * run gave a key the arrow goes into a slow orbit.
 */
export class QsecBlochSphere extends RunElement {
  static override styles = [base, chip, paletteStyles, blochStyles];

  @state() private shown: readonly DisclosedQubit[] = [];
  @state() private index: number | null = null;
  @query("canvas") private readonly canvas!: HTMLCanvasElement | null;

  #time = 0;
  #scene: Scene = NOTHING;
  #palette: (() => Palette) | null = null;
  #resize: ResizeObserver | null = null;
  readonly #loop = new AnimationLoop(this, (elapsed) => this.#advance(elapsed));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => this.#draw());
    if (this.canvas) this.#resize.observe(this.canvas);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
  }

  protected override reset(): void {
    super.reset();
    this.#show([]);
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    super.observe(session, signal);
    session.addEventListener("bb84:step", ({ detail }) => detail.qubits && this.#show(detail.qubits), { signal });
  }

  protected override firstUpdated(): void {
    this.#palette = livePalette(this.renderRoot);
    this.#resize?.observe(this.canvas!);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#settle();
  }

  #show(qubits: readonly DisclosedQubit[]): void {
    this.shown = pickShown(qubits);
    this.#time = 0;
  }

  #advance(elapsed: number): void {
    this.#time += elapsed;
    this.#settle();
  }

  /** Brings picture and text to the present moment; without motion that is the last qubit's result. */
  #settle(): void {
    const keyed = this.run?.outcome === "keyed";
    const moment = momentAt(this.shown, this.#time, keyed);
    this.#loop.wanted = moment.moving;
    const still = moment.moving && !this.#loop.running;
    const now = still ? momentAt(this.shown, this.shown.length * QUBIT_TIME, false) : moment;
    this.#scene = now.scene;
    this.index = now.index;
    this.#draw();
  }

  readonly #draw = (): void => {
    const context = this.canvas?.getContext("2d");
    if (!context || this.#palette === null || !this.canvas) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const scale = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== w || this.canvas.height !== h) Object.assign(this.canvas, { width: w, height: h });
    context.setTransform(scale, 0, 0, scale, 0, 0);
    drawBloch(context, width, height, this.#scene, this.#palette());
  };

  #text(): string {
    const { bloch } = this.words;
    const qubit = this.index === null ? undefined : this.shown[this.index];
    if (qubit !== undefined) return describeQubit(qubit, this.words);
    return this.run?.outcome === "keyed" ? bloch.secure : bloch.idle;
  }

  protected override render(): TemplateResult {
    const { bloch, telemetry } = this.words;
    const text = this.#text();
    return html`
      <div class="head">
        <h3>${bloch.title} <span class="chip">${telemetry.simulated}</span></h3>
        ${this.index === null ? "" : html`<span class="muted mono place">${bloch.place(this.index + 1, this.shown.length)}</span>`}
      </div>
      <canvas part="canvas" role="img" aria-label=${bloch.label(text)} @transitionend=${this.#draw}></canvas>
      ${paletteProbes}
      <p class="text">${text}</p>
      <p class="legend muted">
        <span><span class="dot teal"></span>${bloch.rectilinear}</span>
        <span><span class="dot amber"></span>${bloch.diagonal}</span>
      </p>
      <p class="note muted">${bloch.note}</p>
    `;
  }
}
