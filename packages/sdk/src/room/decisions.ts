import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { StepResult } from "./effects.js";
import type { Gates } from "./gates.js";
import type { IncomingShares } from "./incoming-shares.js";
import type { Leadership } from "./leadership.js";
import type { Pairings } from "./pairings.js";
import type { Peer } from "./peer.js";
import type { Pursuit } from "./pursuit.js";
import type { Recognition } from "./recognition.js";
import { refusing } from "./refusing.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { Rotation } from "./rotation.js";
import { rosterEntry } from "./views.js";

export interface DecisionParts {
  readonly state: RoomState;
  readonly gates: Gates;
  readonly pairings: Pairings;
  readonly shares: IncomingShares;
  readonly leadership: Leadership;
  readonly rotation: Rotation;
  readonly pursuit: Pursuit;
  readonly recognition: Recognition;
  readonly step: (now: number, work: () => void | Promise<void>) => Promise<StepResult>;
}

/** What people decide about a room, each a step of it. */
export class Decisions {
  readonly #parts: DecisionParts;

  constructor(parts: DecisionParts) {
    this.#parts = parts;
  }

  /** The person says that the emoji match. @throws QsecError `unknown_peer` */
  confirm(id: MemberId, now: number): Promise<StepResult> {
    const { gates, pairings, recognition, step } = this.#parts;
    return step(now, async () => {
      const { peer, pairing, opened } = gates.open(id, now);
      recognition.compared(peer, pairing.name, now);
      if (opened && pairing.direction === "initiator") pairings.admit(peer, now);
      await this.#openHeldShare(peer, now);
    });
  }

  /** The person says that they do not: the pair ends and this identity is blocked. @throws QsecError `unknown_peer` */
  reject(id: MemberId, now: number): Promise<StepResult> {
    const { gates, recognition, step } = this.#parts;
    return step(now, () => {
      const { peer, name } = gates.reject(id, now);
      recognition.rejected(peer, name);
    });
  }

  /** The person takes a changed key of a member as it is. @throws QsecError `unknown_peer` */
  acceptIdentity(id: MemberId, now: number): Promise<StepResult> {
    return this.#parts.step(now, () => this.#parts.recognition.accept(id, now));
  }

  /** The person lets in somebody who knocks, or refuses them for good. @throws QsecError `unknown_peer` */
  answerKnock(id: MemberId, admitted: boolean, now: number): Promise<StepResult> {
    return this.#parts.step(now, () => {
      const { gates, pairings } = this.#parts;
      const peer = gates.answerKnock(id, admitted, now);
      if (!admitted) return undefined;
      if (peer.pairing!.direction === "initiator") return pairings.admit(peer, now);
      return this.#openHeldShare(peer, now); // of a leader that this one gives way to
    });
  }

  /**
   * Shows the emoji to compare with a peer, after a handshake of its own where there is no session yet.
   * @throws QsecError `unknown_peer` for somebody who has no session and is not in the roster
   */
  verify(id: MemberId, now: number): Promise<StepResult> {
    return this.#parts.step(now, () => {
      const met = this.#parts.state.presence.get(id);
      if (met !== undefined && met.pairing !== null) return this.#parts.gates.compare(met);
      const peer = this.#member(id);
      peer.verifying = true;
      return this.#parts.pursuit.again(peer, now);
    });
  }

  /** Replaces the room key after fresh handshakes with everybody. @throws QsecError `not_leader` */
  rekey(now: number): Promise<StepResult> {
    return this.#parts.step(now, () => {
      this.#requireLeading("re-key the room");
      this.#parts.leadership.rekey("rekey", now);
    });
  }

  /**
   * Removes a member, and in `link` mode replaces the room secret, so that its invite opens nothing any more.
   * @throws QsecError `not_leader`, `unknown_peer`
   */
  kick(id: MemberId, now: number): Promise<StepResult> {
    return this.#parts.step(now, () => {
      this.#requireLeading("remove a member");
      this.#member(id).blocked = true;
      this.#parts.rotation.plan();
    });
  }

  /** Asks for another run after one was aborted for good. @throws QsecError `unknown_peer` */
  retry(id: MemberId, now: number): Promise<StepResult> {
    return this.#parts.step(now, () => {
      const peer = this.#parts.state.presence.get(id);
      if (peer === undefined) throw new QsecError("unknown_peer", "There is no member with this id.");
      this.#parts.pursuit.again(peer, now);
    });
  }

  /** A room key that came before this person said yes. */
  async #openHeldShare(peer: Peer, now: number): Promise<void> {
    const { shares, state } = this.#parts;
    const frame = peer.pairing!.heldShare;
    peer.pairing!.heldShare = null;
    if (frame !== null) await refusing(state.effects, peer, () => shares.receive(peer, frame, now));
  }

  #member(id: MemberId): Peer {
    const { presence, epochs } = this.#parts.state;
    const peer = presence.get(id);
    if (peer === undefined || rosterEntry(epochs.current, peer.bytes) === undefined)
      throw new QsecError("unknown_peer", "There is no member of the room with this id.");
    return peer;
  }

  #requireLeading(what: string): void {
    if (!isLeading(this.#parts.state)) throw new QsecError("not_leader", `Only the leader of the room can ${what}.`);
  }
}
