import type { BB84AbortedDetail, BB84KeyedDetail, EpochDetail, SessionState } from "@qsec2/sdk";
import type { Present, StepDetail } from "../source.js";

/** What a trace holds: enough for every panel, and nothing that opens a message. */
export interface TraceEventMap {
  "bb84:step": StepDetail;
  "bb84:aborted": BB84AbortedDetail;
  "bb84:keyed": BB84KeyedDetail;
  members: { readonly members: readonly Present[] };
  state: { readonly state: SessionState; readonly previous: SessionState };
  epoch: Pick<EpochDetail, "number" | "reason" | "members">;
}

export const TRACE_EVENTS = ["bb84:step", "bb84:aborted", "bb84:keyed", "members", "state", "epoch"] as const;
export type TraceEventName = (typeof TRACE_EVENTS)[number];

/** One event of a session as it was recorded. */
export type TraceEvent = {
  readonly [Name in TraceEventName]: {
    /** Milliseconds since the recording began. */
    readonly at: number;
    readonly name: Name;
    readonly detail: TraceEventMap[Name];
  };
}[TraceEventName];

/** What a session has told of its exchanges, in order: plain JSON. */
export interface Trace {
  readonly format: "qsec2-trace";
  readonly version: 1;
  readonly events: readonly TraceEvent[];
  /** How many events before the first one were not kept. */
  readonly dropped: number;
}

/** Events that a trace holds at most, recorded or read. */
export const EVENTS_MAX = 5_000;
