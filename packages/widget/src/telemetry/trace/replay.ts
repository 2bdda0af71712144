import type { Trace, TraceEvent } from "./trace.js";

/** No pause between two events of a replay is longer, ms: a session that waited an hour is not waited for. */
const PAUSE_MAX = 2_000;
/** Before an event of an exchange there is at least this pause, ms: a real one is over before it can be seen. */
const PAUSE_MIN = 400;

export const REPLAY_EVENT = "trace:event";
export const REPLAY_START = "trace:start";

/**
 * Plays a trace in time. It is given to any number of panels, which then show the same moment: `panel.trace = replay`.
 *
 * @example
 * const replay = new TraceReplay(parseTrace(json));
 * for (const panel of panels) panel.trace = replay;
 * replay.play();
 * @fires trace:event - One more event of the trace; `detail` is it
 * @fires trace:start - It begins again
 */
export class TraceReplay extends EventTarget {
  /** What is played. */
  readonly trace: Trace;
  #next = 0;
  #speed = 1;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Does not play yet. */
  constructor(trace: Trace) {
    super();
    this.trace = trace;
  }

  /** What was played so far. */
  get past(): readonly TraceEvent[] {
    return this.trace.events.slice(0, this.#next);
  }

  /** True while it plays. */
  get playing(): boolean {
    return this.#timer !== null;
  }

  /** True when nothing is left to play. */
  get ended(): boolean {
    return this.#next >= this.trace.events.length;
  }

  /** Times as fast as it was, above 0. @default 1 */
  get speed(): number {
    return this.#speed;
  }
  set speed(speed: number) {
    if (!(speed > 0)) throw new RangeError("The speed of a replay is above 0.");
    this.#speed = speed;
  }

  /** Plays on; from the beginning where it has ended. */
  play(): void {
    if (this.playing) return;
    if (this.ended) this.restart();
    this.#schedule();
  }

  /** Stops where it is; `play()` goes on. */
  pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** The next event at once. */
  step(): void {
    this.pause();
    this.#tell();
  }

  /** All that is left at once. */
  finish(): void {
    this.pause();
    while (!this.ended) this.#tell();
  }

  /** Back to the beginning; does not play. */
  restart(): void {
    this.pause();
    this.#next = 0;
    this.dispatchEvent(new Event(REPLAY_START));
  }

  #schedule(): void {
    const { events } = this.trace;
    if (this.ended) return;
    const before = this.#next === 0 ? 0 : events[this.#next - 1].at;
    const { at, name } = events[this.#next];
    const least = name.startsWith("bb84:") ? PAUSE_MIN : 0;
    const pause = Math.max(Math.min(at - before, PAUSE_MAX), least) / this.#speed;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#tell();
      this.#schedule();
    }, pause);
  }

  #tell(): void {
    if (this.ended) return;
    const event = this.trace.events[this.#next++];
    this.dispatchEvent(new CustomEvent<TraceEvent>(REPLAY_EVENT, { detail: event }));
  }
}
