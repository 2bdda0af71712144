import type { BB84AbortedDetail, BB84Counts, BB84KeyedDetail, BB84StepDetail, MemberView } from "@qsec2/sdk";

/** What a step has counted; `detected` is there where the channel can lose qubits, which that of a room does not. */
export type Counts = BB84Counts & { readonly detected?: number };

/** A step of a session, or of the laboratory, where errors are corrected by Cascade too. */
export type StepDetail = Omit<BB84StepDetail, "counts" | "profile"> & {
  readonly counts: Counts;
  readonly profile: BB84StepDetail["profile"] | "cascade";
};
export type Present = Pick<MemberView, "id" | "name" | "online">;

/** The events that panels draw from: a session fires them, and so does a recorded trace. */
export interface TelemetryEventMap {
  "bb84:step": StepDetail;
  "bb84:aborted": BB84AbortedDetail;
  "bb84:keyed": BB84KeyedDetail;
  members: { readonly members: readonly Present[] };
}

/** Listens to a session, or to whatever plays its part. */
export function listen<Name extends keyof TelemetryEventMap>(
  source: EventTarget,
  name: Name,
  heard: (detail: TelemetryEventMap[Name]) => void,
  signal: AbortSignal,
): void {
  source.addEventListener(name, (event) => heard((event as CustomEvent<TelemetryEventMap[Name]>).detail), { signal });
}
