/** When a failed handshake is tried again, and how often one is answered (protocol §5.5, §5.6). */
import type { QsecErrorCode } from "../wire/errors.js";
import { nextRun, type Run } from "./next-run.js";
import type { Peer } from "./peer.js";
import { ATTEMPT_INTERVAL, ATTEMPTS_PER_MINUTE, CONCURRENT_EXCHANGES, RETRY_AFTER, RETRY_PASSING } from "./timing.js";

/** A run that ended so waits for a person; anything else is tried again by itself. */
const FINAL: readonly QsecErrorCode[] = ["QBER", "REJECTED", "MODE", "ROOM_FULL", "QKD", "VERSION"];
/** Nothing that a person could mend: the peer was out of reach or busy, or followed another leader. */
const PASSING: readonly QsecErrorCode[] = ["TIMEOUT", "STALE", "NOT_LEADER"];

/** A run that gave no key. */
export interface Failure {
  readonly code: QsecErrorCode;
  readonly direction: "initiator" | "responder";
  readonly run: Run;
  /** The error rate that was measured or declared, 0 … 1, where it is known. */
  readonly qber: number | undefined;
}

/**
 * Notes a failure on the peer and plans the next run of the initiator.
 * @returns whether another run starts by itself, as far as this side can tell
 */
export function planRetry(peer: Peer, { code, direction, run, qber }: Failure, now: number): boolean {
  peer.lastFailure = code;
  const final = FINAL.includes(code);
  if (direction === "responder") {
    peer.surfacedAt = final ? now : null;
    return !final; // the initiator decides, by the same rule
  }
  if (code === "OUTRANKED") return false; // the other leader calls
  const pause = RETRY_AFTER[peer.failures++] ?? (PASSING.includes(code) ? RETRY_PASSING : undefined);
  if (code === "PROFILE") peer.golayOnly = true;
  const next = nextRun({ ...run, code, failures: peer.failures, qber, golayOnly: peer.golayOnly });
  if (final || pause === undefined || next === null) {
    peer.surfacedAt = now;
    return false;
  }
  peer.nextRun = next;
  peer.retryAt = now + pause;
  return true;
}

/** What went wrong before is forgotten: the next run starts at once, as the options say. */
export function startAfresh(peer: Peer): void {
  peer.surfacedAt = peer.retryAt = peer.nextRun = null;
  peer.failures = 0;
  peer.golayOnly = false;
}

/** A call that was put off for a reason that may be gone now is due, as the run that was planned. */
export function resume(peer: Peer, codes: readonly QsecErrorCode[] = PASSING): void {
  if (peer.lastFailure === null || !codes.includes(peer.lastFailure)) return;
  peer.retryAt = null;
  peer.failures = 0;
}

/** So that nobody can make this device work, or people compare emoji, without end. */
export class AttemptLimits {
  #minute: number[] = [];

  /** Whether one more call may be made. In `verify` and `open` each is a try at showing equal emoji (§5.8). */
  mayCall(now: number): boolean {
    this.#minute = this.#minute.filter((at) => now - at < 60_000);
    if (this.#minute.length >= ATTEMPTS_PER_MINUTE) return false;
    this.#minute.push(now);
    return true;
  }

  mayAnswer(peer: Peer, peers: Iterable<Peer>, now: number): boolean {
    this.#minute = this.#minute.filter((at) => now - at < 60_000);
    const busy = [...peers].filter(({ exchange }) => exchange !== null).length;
    if (
      now - peer.answeredAt < ATTEMPT_INTERVAL ||
      this.#minute.length >= ATTEMPTS_PER_MINUTE ||
      busy >= CONCURRENT_EXCHANGES
    ) {
      return false;
    }
    peer.answeredAt = now;
    this.#minute.push(now);
    return true;
  }
}
