import { decodeRecord } from "../handshake/pair-session.js";
import { KIND } from "../wire/kinds.js";
import type { Epoch } from "./epoch.js";
import type { Pairing, Peer } from "./peer.js";
import { encodePing } from "./records.js";
import type { RoomState } from "./room-state.js";
import type { SentFrames } from "./sent-frames.js";
import { PING_AFTER_TRAFFIC, PING_AGAIN } from "./timing.js";

interface ClosedEpoch {
  readonly epoch: Epoch;
  /** How far this member has come, as it has said last to the present leader. */
  reported: string | null;
  askAt: number | null;
}

/**
 * A member's questions to its leader about epochs that were replaced (protocol §7.4). What was said just before the room
 * key changed is confirmed by them, or known to be missing: a relay that can have the key changed must not make a message
 * vanish by that.
 */
export class Closing {
  readonly #state: RoomState;
  readonly #sent: SentFrames;
  #closed: ClosedEpoch[] = [];
  /** Questions without an answer: record sequence number → what they were about. */
  readonly #asked = new Map<number, ClosedEpoch>();

  constructor(state: RoomState, sent: SentFrames) {
    this.#state = state;
    this.#sent = sent;
  }

  /** This epoch was replaced: its members say at once how far they have come in it. */
  add(epoch: Epoch, now: number): void {
    this.#prune();
    this.#closed.push({ epoch, reported: null, askAt: now });
    this.again(now);
  }

  /** Another leader, or another link: what was asked may never be answered, and what was said may not have been heard. */
  again(now: number): void {
    this.#asked.clear();
    for (const closed of this.#closed) {
      closed.reported = null;
      closed.askAt = now;
    }
  }

  /** Messages have come or gone, perhaps of an epoch that is over. */
  traffic(now: number): void {
    for (const closed of this.#closed) if (this.#isOpen(closed)) closed.askAt ??= now + PING_AFTER_TRAFFIC;
  }

  async tick(leader: Peer, pairing: Pairing, now: number): Promise<void> {
    this.#prune();
    for (const closed of this.#closed) {
      if (closed.askAt === null || now < closed.askAt) continue;
      const { hash, progress } = closed.epoch;
      const frame = await pairing.session.seal(KIND.PING, encodePing({ hash, next: progress }));
      this.#asked.set(decodeRecord(frame).seq, closed);
      closed.reported = progress.join();
      closed.askAt = now + PING_AGAIN;
      this.#state.effects.send({ event: "encrypted_message", header: { to: leader.id }, frame });
    }
  }

  nextWake(): number | null {
    const times = this.#closed.flatMap(({ askAt }) => (askAt === null ? [] : [askAt]));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** The epoch that an answer is about; null if it answers no question of these. */
  answered(ping: number, now: number): Epoch | null {
    const closed = this.#asked.get(ping);
    if (closed === undefined) return null;
    this.#asked.delete(ping);
    closed.askAt = this.#isOpen(closed) ? now + 2 * PING_AFTER_TRAFFIC : null;
    return closed.epoch;
  }

  /** The leader does not hold this epoch: it is of no use to ask. */
  giveUp(epoch: Epoch): void {
    this.#closed = this.#closed.filter((closed) => closed.epoch !== epoch);
  }

  /** Whether there is something to say or to learn. */
  #isOpen({ epoch, reported }: ClosedEpoch): boolean {
    return epoch.progress.join() !== reported || this.#sent.has(epoch);
  }

  #prune(): void {
    const { epochs } = this.#state;
    this.#closed = this.#closed.filter(({ epoch }) => epochs.holding(epoch.hash) !== null);
  }
}
