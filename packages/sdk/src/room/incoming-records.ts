import { decodeRecord } from "../handshake/pair-session.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import type { DirectMessages } from "./direct-messages.js";
import type { Freshness } from "./freshness.js";
import type { Leadership } from "./leadership.js";
import { pairingOf, type Pairing, type Peer } from "./peer.js";
import { decodeAck } from "./records.js";
import type { RoomState } from "./room-state.js";
import type { Settled } from "./sent-frames.js";
import type { Watch } from "./watch.js";

export interface RecordParts {
  readonly state: RoomState;
  readonly leadership: Leadership;
  readonly freshness: Freshness;
  readonly watch: Watch;
  readonly directs: DirectMessages;
}

/** The records of a pair but SHARE (protocol §6): ACK, PING and PONG between a member and its leader, DIRECT between any two. */
export class IncomingRecords {
  readonly #parts: RecordParts;

  constructor(parts: RecordParts) {
    this.#parts = parts;
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
        return this.#delivered(await this.#parts.watch.receivePing(peer, pairing, frame, now));
      case KIND.PONG:
        return this.#delivered(await this.#parts.freshness.receivePong(peer, pairing, frame, now));
      case KIND.DIRECT:
        return this.#parts.directs.receive(peer, pairing, frame, now);
      default:
        throw new QsecError("KIND", "A session record is of a kind that this version does not use.");
    }
  }

  /** A member has opened the room key that this leader has shared, or a private message of this member. */
  async #receiveAck(peer: Peer, pairing: Pairing, frame: Uint8Array): Promise<void> {
    const ack = await pairing.session.open(KIND.ACK, frame, decodeAck);
    const { current } = this.#parts.state.epochs;
    if ("direct" in ack) this.#parts.directs.confirmed(peer, ack.direct);
    else if (current !== null && equalBytes(ack.epoch, current.hash))
      this.#parts.leadership.acknowledged(peer, pairing);
  }

  #delivered(settled: Settled | null): void {
    for (const seq of settled?.seqs ?? [])
      this.#parts.state.effects.emit("delivered", { epoch: settled!.epoch.number, seq });
  }
}
