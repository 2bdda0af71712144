import {
  EVENTS_MAX,
  TRACE_EVENTS,
  type Trace,
  type TraceEvent,
  type TraceEventMap,
  type TraceEventName,
} from "./trace.js";

/** A recording that goes on until it is stopped. */
export interface TraceRecording {
  /** What was recorded so far. */
  trace(): Trace;
  /** Ends it; what was recorded stays. */
  stop(): void;
}

/**
 * Records what a session tells of its exchanges, to be shown again later by every panel: `panel.trace = …`. Nothing of a
 * message and no key is in it; names of members are.
 *
 * At most 5,000 events are kept; the oldest go first.
 * @param session a `QsecSession`, or whatever fires its events
 * @example
 * const recording = recordTrace(session); // before it connects
 * const json = JSON.stringify(recording.trace());
 */
export function recordTrace(session: EventTarget): TraceRecording {
  const begun = performance.now();
  const stop = new AbortController();
  const events: TraceEvent[] = [];
  let dropped = 0;
  for (const name of TRACE_EVENTS) {
    const record = (event: Event): void => {
      const { detail } = event as CustomEvent<TraceEventMap[typeof name]>;
      const at = Math.round(performance.now() - begun);
      events.push({ at, name, detail: KEPT[name](detail as never) } as TraceEvent);
      if (events.length > EVENTS_MAX) dropped += events.splice(0, events.length - EVENTS_MAX).length;
    };
    session.addEventListener(name, record, { signal: stop.signal });
  }
  return {
    trace: () => ({ format: "qsec2-trace", version: 1, events: events.slice(), dropped }),
    stop: () => stop.abort(),
  };
}

/** What is kept of each event: named one by one, so that nothing new of an event gets into a file by itself. */
const KEPT: { readonly [Name in TraceEventName]: (detail: TraceEventMap[Name]) => TraceEventMap[Name] } = {
  "bb84:step": ({ peer, direction, step, name, attempt, profile, counts, qber, noise, eve, qubits }) => ({
    peer,
    direction,
    step,
    name,
    attempt,
    profile,
    counts: { ...counts },
    ...(qber === undefined ? {} : { qber }),
    ...(noise === undefined ? {} : { noise }),
    ...(eve === undefined ? {} : { eve }),
    ...(qubits === undefined ? {} : { qubits: qubits.slice() }),
  }),
  "bb84:aborted": ({ peer, direction, code, message, qber, eve, attempt, willRetry, local }) => ({
    peer,
    direction,
    code,
    message,
    ...(qber === undefined ? {} : { qber }),
    ...(eve === undefined ? {} : { eve }),
    attempt,
    willRetry,
    local,
  }),
  "bb84:keyed": ({ peer, direction, fingerprint, qber, secret, eve, qkd }) => ({
    peer,
    direction,
    fingerprint,
    qber,
    secret,
    eve,
    qkd,
  }),
  members: ({ members }) => ({ members: members.map(({ id, name, online }) => ({ id, name, online })) }),
  state: ({ state, previous }) => ({ state, previous }),
  epoch: ({ number, reason, members }) => ({ number, reason, members }),
};
