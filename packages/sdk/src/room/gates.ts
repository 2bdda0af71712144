import { ABORT_CODE, type AbortCode } from "../handshake/abort.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { alarm } from "./alarm.js";
import type { VerifyDetail } from "./events.js";
import type { ExchangeEnds } from "./exchange-ends.js";
import { dropPairing, type Pairing, type Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";

/** The human gate of `verify` (protocol §5.6): no room key moves in either direction before a person has compared emoji. */
export class Gates {
  readonly #state: RoomState;
  readonly #ends: ExchangeEnds;

  constructor(state: RoomState, ends: ExchangeEnds) {
    this.#state = state;
    this.#ends = ends;
  }

  get pending(): VerifyDetail[] {
    return this.#state.presence.all.filter(({ pairing }) => pairing?.gate === "waiting").map(verifyDetail);
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

  /** The person says that the emoji match. @throws QsecError `unknown_peer` */
  open(id: MemberId): { peer: Peer; pairing: Pairing } {
    const { peer, pairing } = this.#waiting(id);
    pairing.gate = "open";
    peer.verified = true;
    this.#state.effects.emit("verify:done", { peer: { id, name: pairing.name }, confirmed: true });
    return { peer, pairing };
  }

  /** The person says that they do not: the pair ends, and this identity is blocked. @throws QsecError `unknown_peer` */
  reject(id: MemberId, now: number): void {
    const { peer, pairing } = this.#waiting(id);
    const message = "Somebody may be between you and this person: the emoji did not match.";
    peer.blocked = true;
    this.#close(peer, pairing, "REJECTED", message, now);
    alarm(this.#state.effects, peer, new QsecError("REJECTED", message));
  }

  /** Closes the gates that nobody answered. */
  tick(now: number): void {
    for (const peer of this.#state.presence.all) {
      const { pairing } = peer;
      if (pairing?.gate === "waiting" && now >= pairing.gateDeadline) {
        this.#close(peer, pairing, "TIMEOUT", "Nobody compared the emoji in time.", now);
      }
    }
  }

  nextWake(): number | null {
    const times = this.#state.presence.all.flatMap(({ pairing }) =>
      pairing?.gate === "waiting" ? [pairing.gateDeadline] : [],
    );
    return times.length === 0 ? null : Math.min(...times);
  }

  #waiting(id: MemberId): { peer: Peer; pairing: Pairing } {
    const peer = this.#state.presence.get(id);
    if (peer?.pairing?.gate !== "waiting") {
      throw new QsecError("unknown_peer", "No member with this id waits for emoji to be compared.");
    }
    return { peer, pairing: peer.pairing };
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

function verifyDetail(peer: Peer): VerifyDetail {
  const { safetyCode, name } = peer.pairing!;
  return { peer: { id: peer.id, name }, emoji: safetyCode.emoji, digits: safetyCode.digits };
}
