import { decodeRecord } from "../handshake/pair-session.js";
import { wipe } from "../crypto/wipe.js";
import { KIND } from "../wire/kinds.js";
import { QsecError } from "../wire/errors.js";
import { checkShare, isRemoval } from "./acceptance.js";
import { alarm } from "./alarm.js";
import { decodeCommit, hasHistory, type EpochCommit } from "./epoch-commit.js";
import { Epoch } from "./epoch.js";
import type { EpochSwitch } from "./epoch-switch.js";
import type { ExchangeEnds } from "./exchange-ends.js";
import type { Gates } from "./gates.js";
import type { IncomingMessages } from "./incoming-messages.js";
import type { Leadership } from "./leadership.js";
import type { OwnAnnounce } from "./own-announce.js";
import { pairingOf, peerName, settlePairing, type Pairing, type Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { isSecured, type Sealer } from "./seal.js";
import { checkPast } from "./past-epochs.js";
import { decodeShare, type Share } from "./share.js";
import type { Succession } from "./succession.js";
import { ATTEMPT_INTERVAL } from "./timing.js";

export interface ShareParts {
  readonly state: RoomState;
  readonly gates: Gates;
  readonly succession: Succession;
  readonly leadership: Leadership;
  readonly epochSwitch: EpochSwitch;
  readonly messages: IncomingMessages;
  readonly ends: ExchangeEnds;
  readonly announce: OwnAnnounce;
  readonly sealer: Sealer;
}

/** Room keys that a leader shares with this member (protocol §7.2). */
export class IncomingShares {
  readonly #parts: ShareParts;
  #offeredAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ShareParts) {
    this.#parts = parts;
  }

  /** @throws QsecError for what is refused: the session and the epoch stay as they were */
  async receive(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    const pairing = pairingOf(peer, decodeRecord(frame).sid);
    if (pairing === null) {
      this.#offerAgain(peer, now);
      throw new QsecError("SID", "A room key came from a peer without a session.");
    }
    if (this.#parts.gates.holdsShare(peer, pairing, now)) {
      pairing.heldShare = frame; // unopened until this person has said yes
      return;
    }
    const { state, succession, ends } = this.#parts;
    const acceptance = succession.acceptance(now);
    const toKeep: Share[] = [];
    try {
      const next = await pairing.session.open(KIND.SHARE, frame, (content) => {
        const { past, ...share } = decodeShare(content);
        toKeep.push(...past);
        try {
          const commit = decodeCommit(share.commit);
          if (isRemoval(acceptance, peer.bytes, commit, share)) return null;
          checkShare(acceptance, peer.bytes, commit, share.commit, share.signature, share.roomKey);
          if (hasHistory(commit)) toKeep.push({ ...share, roomKey: share.roomKey.slice() });
          else if (past.length > 0)
            throw new QsecError("DECODE", "A share carries past epochs, but history is off in this room.");
          return new Epoch(commit, share.commit, share.roomKey, state.options.self.id);
        } finally {
          wipe(share.roomKey);
        }
      });
      if (next === null) return state.effects.emit("removed", { by: { id: peer.id, name: peerName(peer) } });
      if (next.history) await this.#keep(peer, next.commit, toKeep);
      await this.#accept(peer, pairing, next, now);
    } catch (error) {
      if (error instanceof QsecError && error.code === "NOT_LEADER")
        ends.abort(peer, pairing.session.sid, "NOT_LEADER");
      throw error;
    } finally {
      wipe(...toKeep.map(({ roomKey }) => roomKey));
    }
  }

  /** Keeps the key of an accepted epoch, and those of past ones if all of them are what they should be. */
  async #keep(peer: Peer, commit: EpochCommit, shared: readonly Share[]): Promise<void> {
    const { history, access } = this.#parts.state.options;
    if (history === undefined) return;
    const current = shared.slice(-1);
    const past = shared.slice(0, -1);
    try {
      checkPast(commit, past, access.admission === "link");
      await history.archive.keep([...past, ...current]);
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      alarm(this.#parts.state.effects, peer, error);
      await history.archive.keep(current);
    }
  }

  /** A leader that shares with a session this side has lost (an ABORT was forged, say) learns of it by a fresh offer. */
  #offerAgain(peer: Peer, now: number): void {
    if (now - this.#offeredAt < ATTEMPT_INTERVAL) return;
    this.#offeredAt = now;
    const { announce } = this.#parts;
    // Anybody can say that they share a key: it must not take away an offer that another peer is about to use.
    if (announce.isOffered) announce.offerTo(peer.id);
    else announce.offer(now);
  }

  async #accept(peer: Peer, pairing: Pairing, next: Epoch, now: number): Promise<void> {
    const { state, leadership, epochSwitch, messages, sealer } = this.#parts;
    // Two rooms met and the other's leader ranks higher: the members of this one are told to follow.
    if (isLeading(state) && isSecured(state)) await sealer.control({ op: "yield", id: peer.bytes }, now);
    settlePairing(peer, pairing);
    leadership.reset();
    epochSwitch.switchTo(next, now);
    const frame = await pairing.session.seal(KIND.ACK, next.hash);
    state.effects.send({ event: "encrypted_message", header: { to: peer.id }, frame });
    state.effects.report({ event: "roomkey_decrypted", header: { size: 32 } });
    await messages.openEarly(now);
  }
}
