import type { PairSession } from "../handshake/pair-session.js";
import { decodeRecord } from "../handshake/pair-session.js";
import { equalBytes } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import type { Leadership } from "./leadership.js";
import type { Pairing, Peer } from "./peer.js";
import { decodePing, encodePong } from "./records.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { SentFrames } from "./sent-frames.js";

/** The leader's answers to its members' questions (protocol §7.4), and what it learns from them. */
export class Watch {
  readonly #state: RoomState;
  readonly #leadership: Leadership;
  readonly #sent: SentFrames;
  /** How far each member has come in the current epoch, by its own word. */
  readonly #progress = new Map<MemberId, readonly number[]>();

  constructor(state: RoomState, leadership: Leadership, sent: SentFrames) {
    this.#state = state;
    this.#leadership = leadership;
    this.#sent = sent;
  }

  /** A new epoch: nobody has anything of it yet. */
  begin(): void {
    this.#progress.clear();
  }

  /**
   * @returns the sequence numbers of own messages that everybody has by now
   * @throws QsecError for what is refused
   */
  async receivePing(peer: Peer, pairing: Pairing, frame: Uint8Array, now: number): Promise<number[]> {
    const ping = await pairing.session.open(KIND.PING, frame, decodePing);
    const epoch = this.#state.epochs.current;
    // Whoever asks a member that does not lead gets no answer: to the asker it is as if its leader were gone.
    if (epoch === null || !isLeading(this.#state)) return [];
    const { seq } = decodeRecord(frame);
    const isMember = rosterIndex(epoch.commit.roster, peer.bytes) >= 0;
    if (!isMember || !equalBytes(ping.hash, epoch.hash) || ping.next.length !== epoch.commit.roster.length) {
      await this.#answer(peer, pairing.session, { ping: seq, hash: epoch.hash, next: [], floor: [] });
      if (isMember) this.#leadership.shareAgain(peer, now);
      return [];
    }
    this.#progress.set(peer.id, ping.next);
    const floor = this.#floor(epoch);
    await this.#answer(peer, pairing.session, { ping: seq, hash: epoch.hash, next: epoch.progress, floor });
    return this.#sent.settle(epoch, floor[epoch.ownIndex]);
  }

  /** Per sender, the lowest number that some member of the roster may lack. Senders have what they sent. */
  #floor({ progress, ownIndex, commit: { roster } }: Epoch): number[] {
    const reports = roster.map((_, index) => (index === ownIndex ? progress : this.#reportOf(roster, index)));
    return progress.map((_, sender) =>
      Math.min(...reports.filter((_report, index) => index !== sender).map((report) => report?.[sender] ?? 0)),
    );
  }

  #reportOf(roster: Epoch["commit"]["roster"], index: number): readonly number[] | undefined {
    const peer = this.#state.presence.all.find(({ bytes }) => equalBytes(bytes, roster[index].id));
    return peer === undefined ? undefined : this.#progress.get(peer.id);
  }

  async #answer(peer: Peer, session: PairSession, pong: Parameters<typeof encodePong>[0]): Promise<void> {
    const frame = await session.seal(KIND.PONG, encodePong(pong));
    this.#state.effects.send({ event: "encrypted_message", header: { to: peer.id }, frame });
  }
}
