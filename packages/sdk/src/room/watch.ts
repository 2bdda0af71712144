import { WINDOW } from "../crypto/chain.js";
import type { PairSession } from "../handshake/pair-session.js";
import { decodeRecord } from "../handshake/pair-session.js";
import { toBase64url } from "../wire/base64url.js";
import type { MemberId } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import type { Leadership } from "./leadership.js";
import type { Pairing, Peer } from "./peer.js";
import { decodePing, encodePong } from "./records.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { SentFrames, Settled } from "./sent-frames.js";

/** How far each member has come in one epoch, by its own word. */
interface Reports {
  readonly epoch: Epoch;
  readonly progress: Map<MemberId, readonly number[]>;
}

/** The leader's answers to its members' questions (protocol §7.4), and what it learns from them. */
export class Watch {
  readonly #state: RoomState;
  readonly #leadership: Leadership;
  readonly #sent: SentFrames;
  /** Of the current epoch, and of those it has replaced lately. */
  #reports: Reports[] = [];

  constructor(state: RoomState, leadership: Leadership, sent: SentFrames) {
    this.#state = state;
    this.#leadership = leadership;
    this.#sent = sent;
  }

  /** A new epoch: nobody has anything of it yet, and of those before it only what was said lately still counts. */
  begin(): void {
    const { epochs } = this.#state;
    this.#reports = this.#reports.filter(({ epoch }) => epochs.holding(epoch.hash) !== null);
  }

  /**
   * A question about the current epoch, or about one that it has replaced lately: its members say once more how far they
   * have come in that. The answer's h is the current one in any case, so that nobody takes an epoch that is over for one that holds.
   * @returns the own messages that everybody has by now, if there are any
   * @throws QsecError for what is refused
   */
  async receivePing(peer: Peer, pairing: Pairing, frame: Uint8Array, now: number): Promise<Settled | null> {
    const ping = await pairing.session.open(KIND.PING, frame, decodePing);
    const { epochs } = this.#state;
    const { current } = epochs;
    // Whoever asks a member that does not lead gets no answer: to the asker it is as if its leader were gone.
    if (current === null || !isLeading(this.#state)) return null;
    const { seq } = decodeRecord(frame);
    const isMember = rosterIndex(current.commit.roster, peer.bytes) >= 0;
    const about = isMember ? epochs.holding(ping.hash) : null;
    const isWhole = about !== null && isReport(about, peer, ping.next);
    if (isMember && (!isWhole || (about !== current && this.#leadership.isUnacknowledged(peer))))
      this.#leadership.shareAgain(peer, now);
    if (!isWhole) {
      await this.#answer(peer, pairing.session, { ping: seq, hash: current.hash, next: [], floor: [] });
      return null;
    }
    this.#of(about).progress.set(peer.id, ping.next);
    if (about === current && isLostTo(current, ping.next)) this.#leadership.rekeyForWhoIsBehind(now);
    const floor = this.#floor(about, current);
    await this.#answer(peer, pairing.session, { ping: seq, hash: current.hash, next: about.progress, floor });
    return { epoch: about, seqs: this.#sent.settle(about, floor[about.ownIndex]) };
  }

  /** Per sender, the lowest number that some member who is still there may lack. Senders have what they sent. */
  #floor(about: Epoch, current: Epoch): number[] {
    const { progress, ownIndex, commit } = about;
    const reported = this.#of(about).progress;
    const reports = commit.roster.flatMap(({ id }, index) => {
      if (index === ownIndex) return [{ index, next: progress }];
      if (about !== current && rosterIndex(current.commit.roster, id) < 0) return [];
      return [{ index, next: reported.get(toBase64url(id)) }];
    });
    return progress.map((_, sender) =>
      Math.min(...reports.filter(({ index }) => index !== sender).map(({ next }) => next?.[sender] ?? 0)),
    );
  }

  #of(epoch: Epoch): Reports {
    let reports = this.#reports.find((entry) => entry.epoch === epoch);
    if (reports === undefined)
      this.#reports.push((reports = { epoch, progress: new Map<MemberId, readonly number[]>() }));
    return reports;
  }

  async #answer(peer: Peer, session: PairSession, pong: Parameters<typeof encodePong>[0]): Promise<void> {
    const frame = await session.seal(KIND.PONG, encodePong(pong));
    this.#state.effects.send({ event: "encrypted_message", header: { to: peer.id }, frame });
  }
}

/** Whether somebody says so much that this member lacks that a Chain leads no further: what comes now it cannot open. */
function isLostTo(epoch: Epoch, next: readonly number[]): boolean {
  return next.some((lacking, sender) => epoch.chain(sender)!.next - lacking > WINDOW);
}

function isReport({ commit: { roster } }: Epoch, peer: Peer, next: readonly number[]): boolean {
  return rosterIndex(roster, peer.bytes) >= 0 && next.length === roster.length;
}
