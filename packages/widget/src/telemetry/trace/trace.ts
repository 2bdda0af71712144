import type { BB84AbortedDetail, BB84KeyedDetail, EpochDetail, SessionState } from "@qsec2/sdk";
import type { Present, StepDetail } from "../source.js";

/** What a trace holds: enough for every panel, and nothing that opens a message. */
export interface TraceEventMap {
  /** A step of an exchange was done. */
  "bb84:step": StepDetail;
  /** An exchange ended without a key. */
  "bb84:aborted": BB84AbortedDetail;
  /** An exchange ended with a key. */
  "bb84:keyed": BB84KeyedDetail;
  /** Who was there: ids and names. */
  members: { readonly members: readonly Present[] };
  /** The session moved to another state. */
  state: { readonly state: SessionState; readonly previous: SessionState };
  /** A new room key; how many hold it, and why there is one. */
  epoch: Pick<EpochDetail, "number" | "reason" | "members">;
}

export const TRACE_EVENTS = ["bb84:step", "bb84:aborted", "bb84:keyed", "members", "state", "epoch"] as const;
export type TraceEventName = (typeof TRACE_EVENTS)[number];

/** One event of a session as it was recorded. */
export type TraceEvent = {
  readonly [Name in TraceEventName]: {
    /** Milliseconds since the recording began. */
    readonly at: number;
    /** Which event. */
    readonly name: Name;
    /** Its `event.detail`, as the session gave it. */
    readonly detail: TraceEventMap[Name];
  };
}[TraceEventName];

/** What a session has told of its exchanges, in order: plain JSON. */
export interface Trace {
  /** Says what the file is. */
  readonly format: "qsec2-trace";
  /** Of the format. */
  readonly version: 1;
  /** At most 5000, oldest first. */
  readonly events: readonly TraceEvent[];
  /** How many events before the first one were not kept. */
  readonly dropped: number;
}

/** Events that a trace holds at most, recorded or read. */
export const EVENTS_MAX = 5_000;
