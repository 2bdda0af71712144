import { decodeRecord } from "../handshake/pair-session.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import type { Freshness } from "./freshness.js";
import type { Leadership } from "./leadership.js";
import { pairingOf, type Pairing, type Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";
import type { Watch } from "./watch.js";

/** The records between a member and its leader: ACK, PING and PONG (protocol §6). */
export class IncomingRecords {
  readonly #state: RoomState;
  readonly #leadership: Leadership;
  readonly #freshness: Freshness;
  readonly #watch: Watch;

  constructor(state: RoomState, leadership: Leadership, freshness: Freshness, watch: Watch) {
    this.#state = state;
    this.#leadership = leadership;
    this.#freshness = freshness;
    this.#watch = watch;
  }

  /** @throws QsecError for what is refused: the session and the epoch stay as they were */
  async receive(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    const { kind, sid } = decodeRecord(frame);
    const pairing = pairingOf(peer, sid);
    if (pairing === null) throw new QsecError("SID", "A record came from a peer without a session.");
    switch (kind) {
      case KIND.ACK:
        return this.#receiveAck(peer, pairing, frame);
      case KIND.PING:
        return this.#delivered(await this.#watch.receivePing(peer, pairing, frame, now));
      case KIND.PONG:
        return this.#delivered(await this.#freshness.receivePong(peer, pairing, frame, now));
      default:
        throw new QsecError("KIND", "A session record is of a kind that this version does not use.");
    }
  }

  /** A member has opened the room key that this leader has shared. */
  async #receiveAck(peer: Peer, pairing: Pairing, frame: Uint8Array): Promise<void> {
    const hash = await pairing.session.open(KIND.ACK, frame, (content) => content);
    const { current } = this.#state.epochs;
    if (current !== null && equalBytes(hash, current.hash)) this.#leadership.acknowledged(peer, pairing);
  }

  #delivered(seqs: readonly number[]): void {
    const epoch = this.#state.epochs.current!;
    for (const seq of seqs) this.#state.effects.emit("delivered", { epoch: epoch.number, seq });
  }
}
