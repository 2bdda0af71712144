import type { DisclosedQubit } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { paletteProbes } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { AnimationLoop } from "../animation.js";
import { Picture } from "../picture.js";
import { RunElement } from "../run-element.js";
import { listen } from "../source.js";
import { blochStyles } from "./bloch-sphere.styles.js";
import { describeQubit } from "./describe.js";
import { drawBloch } from "./draw.js";
import { momentAt, NOTHING, pickShown, QUBIT_TIME, type Scene } from "./model.js";

/**
 * The disclosed qubits of the latest run on a Bloch sphere, one by one: what was sent, then what was measured. When the
 * run gave a key the arrow goes into a slow orbit. A button opens the same in space.
 *
 * @tagname qsec-bloch-sphere
 * @csspart canvas - The picture
 */
export class QsecBlochSphere extends RunElement {
  static override styles = [base, chip, paletteStyles, blochStyles];

  @state() private shown: readonly DisclosedQubit[] = [];
  @state() private index: number | null = null;

  #time = 0;
  #scene: Scene = NOTHING;
  readonly #loop = new AnimationLoop(this, (elapsed) => this.#advance(elapsed));
  readonly #picture = new Picture(this, (pen, width, height, colours) =>
    drawBloch(pen, width, height, this.#scene, colours),
  );

  protected override reset(): void {
    super.reset();
    this.#show([]);
  }

  protected override listenTo(source: EventTarget, signal: AbortSignal): void {
    super.listenTo(source, signal);
    listen(source, "bb84:step", ({ qubits }) => qubits && this.#show(qubits), signal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#settle();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#picture.draw();
  }

  #show(qubits: readonly DisclosedQubit[]): void {
    this.shown = pickShown(qubits);
    this.#time = 0;
  }

  #advance(elapsed: number): void {
    this.#time += elapsed;
    this.#settle();
    this.#picture.draw();
  }

  /** Brings scene and text to the present moment; without motion that is the last qubit's result. */
  #settle(): void {
    const keyed = this.run?.outcome === "keyed";
    const moment = momentAt(this.shown, this.#time, keyed);
    this.#loop.wanted = moment.moving;
    const still = moment.moving && !this.#loop.running;
    const now = still ? momentAt(this.shown, this.shown.length * QUBIT_TIME, false) : moment;
    this.#scene = now.scene;
    this.index = now.index;
  }

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
      <canvas part="canvas" role="img" aria-label=${bloch.label(text)}></canvas>
      ${paletteProbes}
      <p class="text">${text}</p>
      <p class="legend muted">
        <span><span class="dot teal"></span>${bloch.rectilinear}</span>
        <span><span class="dot amber"></span>${bloch.diagonal}</span>
      </p>
      <p class="note muted">${bloch.note}</p>
      <qsec-bloch-3d .session=${this.session} .trace=${this.trace} .words=${this.words}></qsec-bloch-3d>
    `;
  }
}
