import type { Rank } from "../handshake/messages.js";
import { compareBytes } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import type { Keyed } from "./exchange.js";
import type { ExchangeOutcomes } from "./exchange-host.js";
import type { Gates } from "./gates.js";
import type { Leadership } from "./leadership.js";
import { dropPairing, supersede, type Gate, type Peer } from "./peer.js";
import type { Recognition } from "./recognition.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { Succession } from "./succession.js";
import { GATE_TIMEOUT } from "./timing.js";
import { rosterEntry } from "./views.js";

/** What follows from handshakes: whose call is answered, what stands before a room key, who is let in. */
export class Pairings implements ExchangeOutcomes {
  readonly #state: RoomState;
  readonly #succession: Succession;
  readonly #leadership: Leadership;
  readonly #gates: Gates;
  readonly #recognition: Recognition;

  constructor(
    state: RoomState,
    succession: Succession,
    leadership: Leadership,
    gates: Gates,
    recognition: Recognition,
  ) {
    this.#state = state;
    this.#succession = succession;
    this.#leadership = leadership;
    this.#gates = gates;
    this.#recognition = recognition;
  }

  rank(): Rank {
    return this.#succession.rank();
  }

  /** What was to go through the session is not sent again. */
  unpaired(peer: Peer): void {
    this.#leadership.forget(peer);
  }

  /** A handshake is done: its session replaces an older one, and its gate stands before any room key. */
  keyed(peer: Peer, { outcome, direction, role }: Keyed, now: number): void {
    const comparing = role === 0;
    this.#recognition.met(peer, outcome.peer.name);
    supersede(peer, {
      session: outcome.session,
      safetyCode: outcome.safetyCode,
      direction,
      name: outcome.peer.name,
      usableSince: now,
      gate: this.#gateFor(peer, direction, role),
      gateDeadline: now + GATE_TIMEOUT,
      comparing,
      active: false,
      heldShare: null,
    });
    const { gate } = peer.pairing!;
    if (comparing) this.#gates.compare(peer);
    else if (gate === "waiting") this.#gates.show(peer);
    else if (gate === "knocking") this.#gates.knock(peer);
    else if (direction === "initiator") this.admit(peer, now);
  }

  /** Lets a peer in whose gate is open, if that is for this member to do. */
  admit(peer: Peer, now: number): void {
    if (isLeading(this.#state) || this.#leadership.takingOver) this.#leadership.admit(peer, now);
  }

  /**
   * Why a call is not answered, or null. Two leaders go by rank, other crossed calls by the smaller id; emoji are compared
   * with members only.
   */
  refusal(peer: Peer, rank: Rank): "OUTRANKED" | "NOT_MEMBER" | null {
    if (rank.role === 0 && rosterEntry(this.#state.epochs.current, peer.bytes) === undefined) return "NOT_MEMBER";
    if (rank.role === 1 && isLeading(this.#state))
      return this.#succession.yieldsTo(peer.bytes, rank) ? null : "OUTRANKED";
    const crossed = peer.exchange?.direction === "initiator";
    return !crossed || compareBytes(peer.bytes, this.#state.options.self.id) < 0 ? null : "OUTRANKED";
  }

  /** Offers of peers to be called. */
  announced(entries: readonly { readonly from: MemberId; readonly frame: Uint8Array }[], now: number): void {
    const { presence } = this.#state;
    presence.announced(entries, now);
    // Whoever offers a new handshake instead of acknowledging the room key has lost the session that it was sent over.
    for (const { from } of entries) {
      const peer = presence.get(from);
      if (peer === undefined || !isLeading(this.#state) || !this.#leadership.isUnacknowledged(peer)) continue;
      this.#leadership.forget(peer);
      dropPairing(peer);
    }
  }

  #gateFor(peer: Peer, direction: Keyed["direction"], role: Rank["role"]): Gate {
    const { options, epochs } = this.#state;
    const known = rosterEntry(epochs.current, peer.bytes) !== undefined || peer.verifiedAs !== null;
    if (known || role === 0) return "none";
    if (options.access.admission === "verify") return "waiting";
    // A leader is asked about whoever it calls, and about a caller who claims to lead: it would follow with all its members.
    return options.approve && (direction === "initiator" || isLeading(this.#state)) ? "knocking" : "none";
  }
}
