import type { BB84AbortedDetail, BB84KeyedDetail, MemberView } from "@qsec2/sdk";
import { onAborted, onKeyed, onStep, withPeers, type Run } from "./run.js";
import type { StepDetail } from "./source.js";

/** Ended runs kept for the charts; the oldest go first. */
export const ENDED_MAX = 60;
/** Peers whose latest run is kept: as many as a room holds. */
export const PEERS_MAX = 64;

/** A run that is over, with its number in the session from 1. */
export interface EndedRun {
  readonly number: number;
  readonly run: Run;
}

/** All that is known of the runs of a session. Runs with several peers at once do not disturb each other. */
export interface Runs {
  /** The one that something was last heard of. */
  readonly current: Run | null;
  /** The latest run with each peer, by its ID; the one heard of last is the last. */
  readonly latest: ReadonlyMap<string, Run>;
  readonly ended: readonly EndedRun[];
  /** How many have ended, also those that are not kept any more. */
  readonly total: number;
}

export const NO_RUNS: Runs = { current: null, latest: new Map(), ended: [], total: 0 };

export function stepped(runs: Runs, detail: StepDetail): Runs {
  return heardOf(runs, onStep(latestWith(runs, detail.peer.id), detail));
}

export function aborted(runs: Runs, detail: BB84AbortedDetail): Runs {
  return endedWith(runs, onAborted(latestWith(runs, detail.peer.id), detail));
}

export function keyed(runs: Runs, detail: BB84KeyedDetail): Runs {
  return endedWith(runs, onKeyed(latestWith(runs, detail.peer.id), detail));
}

/** A run without a key goes with its peer. */
export function present(runs: Runs, members: readonly Pick<MemberView, "id">[]): Runs {
  const latest = new Map([...runs.latest].filter(([, run]) => withPeers(run, members) !== null));
  return { ...runs, current: withPeers(runs.current, members), latest };
}

function latestWith(runs: Runs, peerId: string): Run | null {
  return runs.latest.get(peerId) ?? null;
}

function heardOf(runs: Runs, run: Run): Runs {
  const latest = new Map(runs.latest);
  latest.delete(run.peerId);
  latest.set(run.peerId, run);
  for (const oldest of latest.keys()) {
    if (latest.size <= PEERS_MAX) break;
    latest.delete(oldest);
  }
  return { ...runs, current: run, latest };
}

function endedWith(runs: Runs, run: Run): Runs {
  const number = runs.total + 1;
  return { ...heardOf(runs, run), total: number, ended: [...runs.ended, { number, run }].slice(-ENDED_MAX) };
}
