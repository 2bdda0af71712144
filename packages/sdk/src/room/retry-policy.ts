/** When a failed handshake is tried again, and how often one is answered (protocol §5.5, §5.6). */
import { PROFILES, type ProfileName } from "../bb84/index.js";
import type { QsecErrorCode } from "../wire/errors.js";
import type { Peer } from "./peer.js";
import { ATTEMPT_INTERVAL, ATTEMPTS_PER_MINUTE, CONCURRENT_EXCHANGES, RETRY_AFTER } from "./timing.js";

/** A run that ended so waits for a person; anything else is tried again by itself. */
const FINAL: readonly QsecErrorCode[] = ["QBER", "REJECTED", "MODE", "ROOM_FULL", "QKD", "VERSION"];
const DOUBLINGS = 4;

/**
 * Notes a failure on the peer and plans the next run of the initiator.
 * @param options the profile of the run and the number of qubits of a first one (null: the default)
 * @returns whether another run starts by itself, as far as this side can tell
 */
export function planRetry(
  peer: Peer,
  code: QsecErrorCode,
  direction: "initiator" | "responder",
  { profile, qubits }: { readonly profile: ProfileName; readonly qubits: number | null },
  now: number,
): boolean {
  peer.lastFailure = code;
  const final = FINAL.includes(code);
  if (direction === "responder") {
    peer.surfacedAt = final ? now : null;
    return !final; // the initiator decides, by the same rule
  }
  if (code === "OUTRANKED") return false; // the other leader calls
  const pause = RETRY_AFTER[peer.failures++];
  if (final || pause === undefined || (code === "INSUFFICIENT" && peer.failures > DOUBLINGS)) {
    peer.surfacedAt = now;
    return false;
  }
  if (code === "INSUFFICIENT") {
    const { maxQubits, defaultQubits } = PROFILES[profile];
    peer.qubitCount = Math.min(2 * (peer.qubitCount ?? qubits ?? defaultQubits), maxQubits);
  }
  if (code === "PROFILE") {
    peer.fallback = true;
    peer.qubitCount = null;
  }
  peer.retryAt = now + pause;
  return true;
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
