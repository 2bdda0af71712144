import type { BB84AbortedDetail, BB84KeyedDetail, BB84StepDetail, MemberView, QsecErrorCode } from "@qsec2/sdk";
import type { Counts, StepDetail } from "./source.js";

/** What the simulated channel looks like at the moment. */
export type ChannelPhase = "IDLE" | "EXCHANGING" | "SECURE" | "NOISY" | "EAVESDROPPER";

/** The abort threshold: a run is given up at this error rate and above. */
export const QBER_LIMIT = 0.11;

/** The latest BB84 run that this side took part in, as far as it has come. */
export interface Run {
  readonly peerId: string;
  readonly peer: string;
  readonly direction: "initiator" | "responder";
  readonly profile: StepDetail["profile"];
  readonly attempt: number;
  /** 0 … 6; 0 where a run ended before its first step. */
  readonly step: BB84StepDetail["step"] | 0;
  readonly name: BB84StepDetail["name"] | null;
  readonly counts: Counts;
  /** 0 … 1, or null before it is measured. */
  readonly qber: number | null;
  readonly noise: number | null;
  /** Share of qubits that a demonstration eavesdropper intercepts, 0 … 1. */
  readonly eve: number;
  readonly outcome: "running" | "keyed" | "aborted";
  readonly code: QsecErrorCode | null;
  /** True for an aborted run after which another one starts by itself. */
  readonly willRetry: boolean;
}

/** A later step of the same run keeps the numbers of the steps before it. */
export function onStep(run: Run | null, detail: StepDetail): Run {
  const same =
    run !== null && run.peerId === detail.peer.id && run.attempt === detail.attempt && run.outcome === "running";
  return {
    peerId: detail.peer.id,
    peer: detail.peer.name,
    direction: detail.direction,
    profile: detail.profile,
    attempt: detail.attempt,
    step: detail.step,
    name: detail.name,
    counts: same ? { ...run.counts, ...detail.counts } : detail.counts,
    qber: detail.qber ?? (same ? run.qber : null),
    noise: detail.noise ?? (same ? run.noise : null),
    eve: detail.eve ?? (same ? run.eve : 0),
    outcome: "running",
    code: null,
    willRetry: false,
  };
}

/** The end of another run than the one shown is shown only if nothing is known of it yet. */
export function onAborted(run: Run | null, detail: BB84AbortedDetail): Run {
  const same = run !== null && run.peerId === detail.peer.id && run.attempt === detail.attempt;
  const shown = same ? run : onNothing(detail);
  return {
    ...shown,
    qber: detail.qber ?? shown.qber,
    eve: detail.eve ?? shown.eve,
    outcome: "aborted",
    code: detail.code,
    willRetry: detail.willRetry,
  };
}

export function onKeyed(run: Run | null, detail: BB84KeyedDetail): Run {
  const shown = run !== null && run.peerId === detail.peer.id ? run : onNothing({ ...detail, attempt: 1 });
  return {
    ...shown,
    counts: { ...shown.counts, secret: detail.secret },
    qber: detail.qber,
    eve: detail.eve,
    outcome: "keyed",
    code: null,
    willRetry: false,
  };
}

function onNothing(detail: Pick<BB84AbortedDetail, "peer" | "direction" | "attempt">): Run {
  return {
    peerId: detail.peer.id,
    peer: detail.peer.name,
    direction: detail.direction,
    profile: "golay",
    attempt: detail.attempt,
    step: 0,
    name: null,
    counts: { qubits: 0 },
    qber: null,
    noise: null,
    eve: 0,
    outcome: "running",
    code: null,
    willRetry: false,
  };
}

/** A run without a key goes with its peer: nothing follows it any more. One that gave a key stays as the latest. */
export function withPeers(run: Run | null, members: readonly Pick<MemberView, "id">[]): Run | null {
  if (run === null || run.outcome === "keyed" || members.some(({ id }) => id === run.peerId)) return run;
  return null;
}

const NOISE_CODES: ReadonlySet<string> = new Set(["INSUFFICIENT", "RECONCILE", "SIFT"]);

/** True for an end that a noisy channel causes, below the threshold: it says nothing about an eavesdropper. */
export function isNoise(code: string): boolean {
  return NOISE_CODES.has(code);
}

export function phaseOf(run: Run | null): ChannelPhase {
  if (run === null) return "IDLE";
  if (run.outcome === "running") return "EXCHANGING";
  if (run.outcome === "keyed") return "SECURE";
  if (run.code === "QBER") return "EAVESDROPPER";
  return run.code !== null && isNoise(run.code) ? "NOISY" : "IDLE";
}

export type Verdict = "pending" | "secure" | "aborted";

/** ABORTED at or above the limit, and whenever the run gave no key; SECURE only once there is one. */
export function verdictOf(run: Run | null): Verdict {
  if (run === null) return "pending";
  if (run.outcome === "aborted" || (run.qber !== null && run.qber >= QBER_LIMIT)) return "aborted";
  return run.outcome === "keyed" ? "secure" : "pending";
}
