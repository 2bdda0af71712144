import { ABORT_CODE, type AbortCode } from "../handshake/abort.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { alarm } from "./alarm.js";
import type { KnockDetail, VerifyDetail } from "./events.js";
import type { ExchangeEnds } from "./exchange-ends.js";
import { dropPairing, peerName, type Pairing, type Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { GATE_TIMEOUT } from "./timing.js";
import { rosterEntry } from "./views.js";

/**
 * The gates that a person holds (protocol §5.6): in `verify` no room key moves in either direction before emoji were
 * compared, and a leader that approves its members lets nobody in unasked. Members may compare emoji at any other time too.
 */
export class Gates {
  readonly #state: RoomState;
  readonly #ends: ExchangeEnds;

  constructor(state: RoomState, ends: ExchangeEnds) {
    this.#state = state;
    this.#ends = ends;
  }

  get pending(): VerifyDetail[] {
    return this.#state.presence.all.filter(({ pairing }) => isCompared(pairing)).map(verifyDetail);
  }

  /** Who waits to be let in by this member. */
  get knocking(): KnockDetail[] {
    return this.#state.presence.all.filter(({ pairing }) => pairing?.gate === "knocking").map(knockDetail);
  }

  /** Whether the comparison with somebody is not done on both sides: here, or there, as far as this side can tell. */
  get isOpen(): boolean {
    return this.#state.presence.all.some(
      ({ pairing }) => pairing?.gate === "waiting" || (pairing?.gate === "open" && !pairing.active),
    );
  }

  show(peer: Peer): void {
    this.#state.effects.emit("verify", verifyDetail(peer));
  }

  /** A person asks to compare emoji with a member that there is a session with. */
  compare(peer: Peer): void {
    peer.verifying = false;
    peer.pairing!.comparing = true;
    this.show(peer);
  }

  knock(peer: Peer): void {
    this.#state.effects.emit("knock", knockDetail(peer));
  }

  /**
   * A room key has come. Whoever called before this member led was not asked about then, and would lead it now.
   * @returns whether a person has to say yes before it is opened
   */
  holdsShare(peer: Peer, pairing: Pairing, now: number): boolean {
    const { options, epochs } = this.#state;
    const isStranger = rosterEntry(epochs.current, peer.bytes) === undefined && peer.verifiedAs === null;
    if (pairing.gate === "none" && options.approve && isLeading(this.#state) && isStranger) {
      pairing.gate = "knocking";
      pairing.gateDeadline = now + GATE_TIMEOUT;
      this.knock(peer);
    }
    return pairing.gate === "waiting" || pairing.gate === "knocking";
  }

  /** The person lets somebody in. @throws QsecError `unknown_peer` */
  answerKnock(id: MemberId, admitted: boolean, now: number): Peer {
    const peer = this.#state.presence.get(id);
    if (peer?.pairing?.gate !== "knocking")
      throw new QsecError("unknown_peer", "Nobody with this id waits to be let in.");
    const { pairing } = peer;
    this.#state.effects.emit("knock:done", { ...knockDetail(peer), admitted });
    pairing.gate = "open";
    pairing.usableSince = now;
    if (!admitted) {
      peer.blocked = true;
      this.#close(peer, pairing, "REJECTED", "This person was not let in.", now);
    }
    return peer;
  }

  /** The person says that the emoji match. @throws QsecError `unknown_peer` */
  open(id: MemberId, now: number): { peer: Peer; pairing: Pairing; opened: boolean } {
    const { peer, pairing } = this.#waiting(id);
    const opened = pairing.gate === "waiting";
    if (opened) {
      pairing.gate = "open";
      pairing.usableSince = now;
    }
    pairing.comparing = false;
    peer.verifiedAs = pairing.name;
    this.#state.effects.emit("verify:done", { peer: { id, name: pairing.name }, confirmed: true });
    return { peer, pairing, opened };
  }

  /** The person says that they do not: the pair ends, and this identity is blocked. @throws QsecError `unknown_peer` */
  reject(id: MemberId, now: number): { peer: Peer; name: string } {
    const { peer, pairing } = this.#waiting(id);
    const message = "Somebody may be between you and this person: the emoji did not match.";
    peer.blocked = true;
    this.#close(peer, pairing, "REJECTED", message, now);
    alarm(this.#state.effects, peer, new QsecError("REJECTED", message));
    return { peer, name: pairing.name };
  }

  /** Closes the gates that nobody answered. */
  tick(now: number): void {
    for (const peer of this.#state.presence.all) {
      const { pairing } = peer;
      if (pairing?.gate === "waiting" && now >= pairing.gateDeadline) {
        this.#close(peer, pairing, "TIMEOUT", "Nobody compared the emoji in time.", now);
      } else if (pairing?.gate === "knocking" && now >= pairing.gateDeadline) {
        this.#state.effects.emit("knock:done", { ...knockDetail(peer), admitted: false });
        this.#close(peer, pairing, "TIMEOUT", "Nobody let this person in in time.", now);
      }
    }
  }

  nextWake(): number | null {
    const times = this.#state.presence.all.flatMap(({ pairing }) =>
      pairing?.gate === "waiting" || pairing?.gate === "knocking" ? [pairing.gateDeadline] : [],
    );
    return times.length === 0 ? null : Math.min(...times);
  }

  #waiting(id: MemberId): { peer: Peer; pairing: Pairing } {
    const peer = this.#state.presence.get(id);
    if (peer === undefined || !isCompared(peer.pairing)) {
      throw new QsecError("unknown_peer", "No member with this id waits for emoji to be compared.");
    }
    return { peer, pairing: peer.pairing! };
  }

  #close(peer: Peer, { session, name, direction }: Pairing, code: AbortCode, message: string, now: number): void {
    const { effects } = this.#state;
    const shown = { id: peer.id, name };
    this.#ends.abort(peer, session.sid, code);
    effects.report({ event: "bb84_session", header: { to: peer.id, code: ABORT_CODE[code], qber_ppm: 0 } });
    dropPairing(peer);
    peer.surfacedAt = now;
    peer.lastFailure = code;
    effects.emit("verify:done", { peer: shown, confirmed: false });
    effects.emit("bb84:aborted", {
      peer: shown,
      direction,
      code,
      message,
      attempt: peer.runs,
      willRetry: false,
      local: true,
    });
  }
}

function isCompared(pairing: Pairing | null): boolean {
  return pairing !== null && (pairing.gate === "waiting" || pairing.comparing);
}

function knockDetail(peer: Peer): KnockDetail {
  return { peer: { id: peer.id, name: peerName(peer) } };
}

function verifyDetail(peer: Peer): VerifyDetail {
  const { safetyCode, name } = peer.pairing!;
  return { peer: { id: peer.id, name }, emoji: safetyCode.emoji, digits: safetyCode.digits };
}
