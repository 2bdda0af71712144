/** Turns the states of a handshake into the six steps that people see. Pure. */
import type { DisclosedQubit, ProfileName } from "../bb84/index.js";
import type { Outcome } from "../handshake/outcome.js";
import type { Exchange } from "./exchange.js";
import { peerName, type Peer } from "./peer.js";
import type { BB84Counts, BB84Peer, BB84StepDetail, BB84StepName } from "./events.js";

const NAMES: readonly BB84StepName[] = ["generate", "send", "measure", "bases", "sift", "derive"];

export interface RunHead {
  readonly peer: BB84Peer;
  readonly direction: "initiator" | "responder";
  readonly attempt: number;
  readonly profile: ProfileName;
  readonly qubitCount: number;
}

/** What every step of a run says about it. */
export function runHead(peer: Peer, { direction, attempt, qubitCount }: Exchange, profile: ProfileName): RunHead {
  return { peer: { id: peer.id, name: peerName(peer) }, direction, attempt, profile, qubitCount };
}

type More = {
  counts?: Omit<BB84Counts, "qubits">;
  channel?: { noisePpm: number; evePpm: number };
  qber?: number;
  qubits?: readonly DisclosedQubit[];
};

export function bb84Step(
  head: RunHead,
  step: BB84StepDetail["step"],
  { counts, channel, qber, qubits }: More = {},
): BB84StepDetail {
  const { peer, direction, attempt, profile, qubitCount } = head;
  return {
    peer,
    direction,
    attempt,
    profile,
    step,
    name: NAMES[step - 1],
    counts: { qubits: qubitCount, ...counts },
    ...(channel === undefined ? {} : { noise: channel.noisePpm / 1e6, eve: channel.evePpm / 1e6 }),
    ...(qber === undefined ? {} : { qber }),
    ...(qubits === undefined ? {} : { qubits }),
  };
}

/** Steps 5 and 6, which both sides see when the run is done. */
export function finalSteps(head: RunHead, outcome: Outcome): readonly [BB84StepDetail, BB84StepDetail] {
  const { matched, sampled, errors, qber, reconciled, leaked, secret } = outcome.run;
  const estimate = { matched, sampled, errors };
  return [
    bb84Step(head, 5, { counts: estimate, channel: outcome, qber, qubits: outcome.disclosed }),
    bb84Step(head, 6, { counts: { ...estimate, reconciled, leaked, secret }, channel: outcome, qber }),
  ];
}

/** Step 5 of a run that the error rate ended. */
export function refusedStep(
  head: RunHead,
  { matched, sampled, errors, qber }: { matched: number | null; sampled: number; errors: number; qber: number },
  channel: { noisePpm: number; evePpm: number },
  qubits: readonly DisclosedQubit[],
): BB84StepDetail {
  const counts = { ...(matched === null ? {} : { matched }), sampled, errors };
  return bb84Step(head, 5, { counts, channel, qber, qubits });
}
