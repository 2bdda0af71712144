import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Longest step of the clock, ms: after a pause a picture goes on where it was, it does not jump. */
const MAX_STEP = 100;

/**
 * Calls `frame` for each animation frame while it is wanted and can be seen: the element is on screen, the page is not
 * hidden, and the person has not asked for reduced motion.
 */
export class AnimationLoop implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #frame: (elapsed: number) => void;
  readonly #place: () => Element | null;
  #watched: Element | null = null;
  #wanted = false;
  #onScreen = false;
  #handle = 0;
  #last = 0;
  #watch: AbortController | null = null;
  #observer: IntersectionObserver | null = null;

  /** @param place what has to be on screen; the host where nothing else is said */
  constructor(
    host: ReactiveControllerHost & Element,
    frame: (elapsed: number) => void,
    place: () => Element | null = () => host,
  ) {
    this.#host = host;
    this.#frame = frame;
    this.#place = place;
    host.addController(this);
  }

  /** True while frames are being drawn. */
  get running(): boolean {
    return this.#handle !== 0;
  }

  set wanted(wanted: boolean) {
    this.#wanted = wanted;
    this.#update();
  }

  hostConnected(): void {
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    document.addEventListener("visibilitychange", this.#update, { signal });
    reducedMotion()?.addEventListener("change", this.#update, { signal });
    this.#observer = new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1)?.isIntersecting ?? false;
      this.#update();
    });
    this.#watched = null;
    this.hostUpdated();
  }

  hostUpdated(): void {
    const place = this.#place();
    if (place === this.#watched) return;
    this.#observer?.disconnect();
    this.#watched = place;
    if (place !== null) return this.#observer?.observe(place);
    this.#onScreen = false;
    this.#update();
  }

  hostDisconnected(): void {
    this.#watch?.abort();
    this.#observer?.disconnect();
    this.#onScreen = false;
    this.#update();
  }

  readonly #update = (): void => {
    const run = this.#wanted && this.#onScreen && !document.hidden && reducedMotion()?.matches !== true;
    if (run === this.running) return;
    if (run) {
      this.#last = performance.now();
      this.#handle = requestAnimationFrame(this.#tick);
    } else {
      cancelAnimationFrame(this.#handle);
      this.#handle = 0;
      // The host draws once more, as a still.
      this.#host.requestUpdate();
    }
  };

  readonly #tick = (now: number): void => {
    this.#handle = requestAnimationFrame(this.#tick);
    const elapsed = Math.min(Math.max(now - this.#last, 0), MAX_STEP);
    this.#last = now;
    this.#frame(elapsed);
  };
}

export function reducedMotion(): MediaQueryList | null {
  return typeof matchMedia === "function" ? matchMedia("(prefers-reduced-motion: reduce)") : null;
}
