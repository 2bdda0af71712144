import type { QsecSession } from "@qsec2/sdk";
import { property } from "lit/decorators.js";
import { SessionElement } from "../session/session-element.js";
import { REPLAY_EVENT, REPLAY_START, TraceReplay } from "./trace/replay.js";
import type { Trace, TraceEvent } from "./trace/trace.js";

/** A panel that shows a session, or what was recorded of one. */
export abstract class TelemetryElement extends SessionElement {
  #trace: Trace | TraceReplay | null = null;
  #following: AbortController | null = null;

  /**
   * A recorded trace in place of a session: the whole of it at once, or with a {@link TraceReplay} as far as that has come.
   * Of `session` and `trace` the one that was set last is shown.
   */
  @property({ attribute: false })
  get trace(): Trace | TraceReplay | null {
    return this.#trace;
  }
  set trace(trace: Trace | TraceReplay | null) {
    if (trace === this.#trace) return;
    if (trace !== null) this.session = null;
    this.#unfollow();
    this.#trace = trace;
    this.reset();
    this.#follow();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#trace === null || this.#following !== null) return;
    // What was played while it was out of the page is in the past of the replay.
    this.reset();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.#unfollow();
    this.#trace = null;
    this.listenTo(session, signal);
  }

  /** Adds the listeners to a session, or to what plays its part. */
  protected abstract listenTo(source: EventTarget, signal: AbortSignal): void;

  #follow(): void {
    const trace = this.#trace;
    if (trace === null || !this.isConnected) return;
    this.#following = new AbortController();
    const { signal } = this.#following;
    const own = new EventTarget();
    const tell = ({ name, detail }: TraceEvent): void => void own.dispatchEvent(new CustomEvent(name, { detail }));
    this.listenTo(own, signal);
    if (!(trace instanceof TraceReplay)) return trace.events.forEach(tell);
    trace.past.forEach(tell);
    trace.addEventListener(REPLAY_EVENT, (event) => tell((event as CustomEvent<TraceEvent>).detail), { signal });
    trace.addEventListener(REPLAY_START, () => this.reset(), { signal });
  }

  #unfollow(): void {
    this.#following?.abort();
    this.#following = null;
  }
}
