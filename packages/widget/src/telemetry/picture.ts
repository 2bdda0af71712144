import type { ReactiveController, ReactiveControllerHost } from "lit";
import { livePalette, type Palette } from "../theme/palette.js";

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Draws the whole picture. Width and height in CSS pixels, above 0. */
export type Draw = (pen: CanvasRenderingContext2D, width: number, height: number, colours: Palette) => void;

/** More than this many pixels a side no canvas gets, whatever the screen and the zoom. */
const PIXELS_MAX = 4096;

/**
 * The canvas of its host: as large as its box, at the resolution of the screen, drawn again when the box or the theme changes.
 * While it cannot be seen nothing is drawn, and once when it comes into sight. The host renders a `<canvas>` and the
 * probes of the palette.
 */
export class Picture implements ReactiveController {
  readonly #host: Host;
  readonly #draw: Draw;
  #canvas: HTMLCanvasElement | null = null;
  #palette: (() => Palette) | null = null;
  #resize: ResizeObserver | null = null;
  #sight: IntersectionObserver | null = null;
  #watch: AbortController | null = null;
  #inSight = false;
  #stale = true;

  constructor(host: Host, draw: Draw) {
    this.#host = host;
    this.#draw = draw;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    document.addEventListener("visibilitychange", this.#seen, { signal });
    this.#resize = new ResizeObserver(() => this.draw());
    this.#sight = new IntersectionObserver((entries) => {
      this.#inSight = entries.at(-1)?.isIntersecting ?? false;
      this.#seen();
    });
    this.#canvas = null;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#watch?.abort();
    this.#resize?.disconnect();
    this.#sight?.disconnect();
    this.#inSight = false;
    this.#canvas = null;
  }

  hostUpdated(): void {
    const canvas = this.#host.renderRoot.querySelector("canvas");
    if (canvas === this.#canvas || !this.#host.isConnected) return;
    this.#resize?.disconnect();
    this.#sight?.disconnect();
    this.#canvas = canvas;
    if (canvas === null) return;
    this.#palette = livePalette(this.#host.renderRoot);
    this.#resize?.observe(canvas);
    this.#sight?.observe(canvas);
    // How a canvas learns of a new theme: see the styles of the palette.
    canvas.addEventListener("transitionend", this.draw, { signal: this.#watch?.signal });
    this.draw();
  }

  /** Draws now if it can be seen, else when it comes into sight. */
  readonly draw = (): void => {
    this.#stale = true;
    const canvas = this.#canvas;
    if (canvas === null || this.#palette === null || !this.#inSight || document.hidden) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const pen = canvas.getContext("2d");
    if (width === 0 || height === 0 || pen === null) return;
    const scale = Math.min(window.devicePixelRatio || 1, PIXELS_MAX / Math.max(width, height));
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.#draw(pen, width, height, this.#palette());
    this.#stale = false;
  };

  readonly #seen = (): void => {
    if (this.#stale) this.draw();
  };
}
