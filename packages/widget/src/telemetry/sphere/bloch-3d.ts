import type { DisclosedQubit } from "@qsec2/sdk";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { dialogStyles } from "../../dialog/dialog.styles.js";
import { base } from "../../theme/base.js";
import { buttons } from "../../theme/buttons.js";
import { closeIcon } from "../../theme/icons.js";
import { livePalette, paletteProbes, type Palette } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { AnimationLoop, reducedMotion } from "../animation.js";
import { drawBloch } from "../bloch/draw.js";
import { describeQubit } from "../bloch/describe.js";
import { NOTHING, orbitScene, sceneOf, type Scene } from "../bloch/model.js";
import { RunElement } from "../run-element.js";
import { listen } from "../source.js";
import { sphereStyles } from "./bloch-3d.styles.js";
import { controlsTemplate, detailsTemplate, legendTemplate } from "./bloch-3d-template.js";
import { advance, AT_START, isAtEnd, pause, play, type Player } from "./player.js";
import type { Sphere } from "./scene.js";

/** How the sphere is shown: in space, or flat where that cannot be. */
type Mode = "loading" | "space" | "lost" | "refused" | "failed";

/** One press of an arrow key, radians. */
const TURN = Math.PI / 24;
const TURNS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-TURN, 0],
  ArrowRight: [TURN, 0],
  ArrowUp: [0, TURN],
  ArrowDown: [0, -TURN],
};

/**
 * The disclosed qubits of the latest run on a Bloch sphere in space, in a dialog: played, paused or one by one, with what
 * was sent, the basis and the result. Three.js is fetched when it is opened; where there is no WebGL it is drawn flat.
 *
 * @tagname qsec-bloch-3d
 * @csspart dialog - The dialog
 * @csspart open - The button that opens it
 */
export class QsecBloch3d extends RunElement {
  static override styles = [base, buttons, dialogStyles, paletteStyles, sphereStyles];

  @state() private qubits: readonly DisclosedQubit[] = [];
  @state() private player: Player = AT_START;
  @state() private isOpen = false;
  @state() private mode: Mode = "loading";
  @query("dialog") private readonly dialog!: HTMLDialogElement | null;
  @query("canvas.space") private readonly canvas!: HTMLCanvasElement | null;
  @query("canvas.flat") private readonly flat!: HTMLCanvasElement | null;

  #sphere: Sphere | null = null;
  #palette: (() => Palette) | null = null;
  #resize: ResizeObserver | null = null;
  #orbit = 0;
  readonly #loop = new AnimationLoop(
    this,
    (elapsed) => this.#advance(elapsed),
    () => this.dialog,
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override reset(): void {
    super.reset();
    this.#take([]);
  }

  protected override listenTo(source: EventTarget, signal: AbortSignal): void {
    super.listenTo(source, signal);
    listen(source, "bb84:step", ({ qubits }) => qubits && this.#take(qubits), signal);
  }

  #take(qubits: readonly DisclosedQubit[]): void {
    this.qubits = qubits;
    this.#orbit = 0;
    this.player = { ...AT_START, speed: this.player.speed };
    if (this.isOpen) this.#start();
  }

  /** Opens the dialog and begins with the first qubit. */
  async show(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    this.mode = "loading";
    await this.updateComplete;
    this.dialog?.showModal();
    this.dialog?.querySelector("h2")?.focus();
    this.#start();
    await this.#load();
  }

  /** Plays from the beginning; where less motion is asked for, the first result stands still. */
  #start(): void {
    const count = this.qubits.length;
    const first = { ...AT_START, speed: this.player.speed };
    this.player = reducedMotion()?.matches === true ? { ...first, t: 1 } : play(first, count);
  }

  async #load(): Promise<void> {
    try {
      const { createSphere } = await import("./scene.js");
      if (!this.isOpen || this.canvas === null || this.#sphere !== null) return;
      this.#sphere = createSphere(this.canvas, {
        turned: () => this.#loop.running || this.#draw(),
        lost: () => (this.mode = "lost"),
        restored: () => (this.mode = "space"),
      });
      this.mode = this.#sphere === null ? "refused" : "space";
    } catch {
      if (this.isOpen) this.mode = "failed";
    }
  }

  readonly #close = (): void => {
    this.#sphere?.dispose();
    this.#resize?.disconnect();
    [this.#sphere, this.#palette, this.#resize] = [null, null, null];
    this.dialog?.close();
    this.isOpen = false;
    this.player = pause(this.player);
  };

  #advance(elapsed: number): void {
    this.player = advance(this.player, elapsed, this.qubits.length);
    if (this.#isOrbiting) this.#orbit += elapsed;
    this.#draw();
  }

  get #isOrbiting(): boolean {
    return this.run?.outcome === "keyed" && isAtEnd(this.player, this.qubits.length);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if ((changed as ReadonlyMap<PropertyKey, unknown>).has("player") && !isAtEnd(this.player, this.qubits.length))
      this.#orbit = 0;
    this.#loop.wanted = this.isOpen && (this.player.playing || this.#isOrbiting);
    if (!this.isOpen) return;
    this.#palette ??= livePalette(this.renderRoot);
    const screen = this.renderRoot.querySelector(".screen");
    if (this.#resize === null && screen !== null) {
      this.#resize = new ResizeObserver(() => this.#draw());
      this.#resize.observe(screen);
    }
    this.#draw();
  }

  #scene(): Scene {
    const qubit = this.qubits.at(this.player.index);
    if (qubit === undefined) return this.#isOrbiting ? orbitScene(this.#orbit, null) : NOTHING;
    const scene = sceneOf(qubit, this.player.t);
    return this.#isOrbiting && this.#loop.running ? orbitScene(this.#orbit, scene.arrow) : scene;
  }

  readonly #draw = (): void => {
    const canvas = this.mode === "space" ? this.canvas : this.flat;
    const { clientWidth: width = 0, clientHeight: height = 0 } = canvas ?? {};
    if (this.#palette === null || canvas === null || width === 0 || height === 0 || document.hidden) return;
    const scale = Math.min(window.devicePixelRatio || 1, 2);
    if (this.mode === "space") {
      if (canvas.width !== Math.floor(width * scale) || canvas.height !== Math.floor(height * scale))
        this.#sphere?.resize(width, height, scale);
      this.#sphere?.show(this.#scene(), this.#palette());
      return;
    }
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    drawBloch(pen, width, height, this.#scene(), this.#palette());
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const turn = TURNS[event.key] as readonly [number, number] | undefined;
    if (turn === undefined || this.#sphere === null) return;
    event.preventDefault();
    this.#sphere.turn(...turn);
  };

  #told(): string {
    const { bloch } = this.words;
    const qubit = this.qubits.at(this.player.index);
    return qubit === undefined ? bloch.idle : describeQubit(qubit, this.words);
  }

  protected override render(): TemplateResult {
    const { sphere } = this.words.panels;
    return html`
      <button class="small" part="open" aria-haspopup="dialog" @click=${() => this.show()}>${sphere.open}</button>
      ${this.isOpen ? this.#dialog() : nothing}
    `;
  }

  #dialog(): TemplateResult {
    const { words, qubits, player, mode } = this;
    const { sphere } = words.panels;
    const isSpace = mode === "space";
    const change = (to: (player: Player) => Player): void => void (this.player = to(this.player));
    const view = { words, qubits, player, change };
    const notice = isSpace || mode === "loading" ? null : sphere.notice[mode];
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#close}>
      <div class="head">
        <h2 id="title" tabindex="-1">${sphere.title}</h2>
        <button class="square quiet" aria-label=${words.room.close} @click=${this.#close}>${closeIcon}</button>
      </div>
      <p class="muted">${words.bloch.note} ${isSpace ? sphere.hint : ""}</p>
      <div class="stage">
        <div class="screen">
          <canvas
            class="space"
            role="img"
            tabindex="0"
            ?hidden=${!isSpace}
            aria-label=${sphere.label(this.#told())}
            @keydown=${this.#onKeydown}
            @transitionend=${this.#draw}
          ></canvas>
          <canvas class="flat" role="img" ?hidden=${isSpace} aria-label=${sphere.label(this.#told())}></canvas>
          ${notice === null ? nothing : html`<p class="notice" role="status">${notice}</p>`}
        </div>
        ${detailsTemplate(view)}
      </div>
      ${controlsTemplate(view, reducedMotion()?.matches === true)} ${legendTemplate(words)} ${paletteProbes}
    </dialog>`;
  }
}
