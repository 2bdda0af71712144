import { decodeRecord } from "../handshake/pair-session.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { alarm } from "./alarm.js";
import { Closing } from "./closing.js";
import type { Epoch } from "./epoch.js";
import { Lacking } from "./lacking.js";
import type { Pairing, Peer } from "./peer.js";
import { decodePong, encodePing, type Pong } from "./records.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { SentFrames, Settled } from "./sent-frames.js";
import {
  MISSED_AFTER,
  PING_AFTER_MESSAGES,
  PING_AFTER_TRAFFIC,
  PING_AGAIN,
  PING_INTERVAL,
  PING_UNANSWERED,
  PING_WHILE_WAITING,
  ROSTER_FRESH,
} from "./timing.js";

/**
 * A member's questions to its leader (protocol §7.4): whether this epoch still holds, and which messages others have
 * that this member lacks. Without an answer that is recent enough nothing is sealed to the roster.
 */
export class Freshness {
  readonly #state: RoomState;
  readonly #sent: SentFrames;
  /** Questions without an answer: record sequence number → when it was asked. */
  readonly #asked = new Map<number, number>();
  #epoch: Epoch | null = null;
  /** When the latest question was asked that the leader of this epoch has answered. */
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #askAt: number | null = null;
  /** How many messages of the epoch the latest question has told of. */
  #told = 0;
  /** Since messages have come or gone the next question is due at this time, whatever an answer to an earlier one says. */
  #trafficDue = Number.POSITIVE_INFINITY;
  /** Questions in a row that nobody answered. */
  #unanswered = 0;
  #silentSince: number | null = null;
  #differsSince: number | null = null;
  #isDifferenceTold = false;
  readonly #lacking: Lacking;
  readonly #closing: Closing;

  constructor(state: RoomState, sent: SentFrames) {
    this.#state = state;
    this.#sent = sent;
    this.#lacking = new Lacking(state);
    this.#closing = new Closing(state, sent);
  }

  /** Whether messages may be sealed to the current roster. The leader of an epoch is its own authority. */
  isFresh(now: number): boolean {
    if (isLeading(this.#state)) return true;
    return this.#epoch === this.#state.epochs.current && now - this.#confirmedAt <= ROSTER_FRESH;
  }

  /** Since when the leader has left several questions unanswered; null while it answers. */
  get silentSince(): number | null {
    return this.#silentSince;
  }

  /** A new epoch: its leader is asked at once, also about the one before. */
  begin(epoch: Epoch, now: number): void {
    if (this.#epoch !== null) this.#closing.add(this.#epoch, now);
    this.#epoch = epoch;
    this.#confirmedAt = Number.NEGATIVE_INFINITY;
    this.#askAt = now;
    this.#trafficDue = Number.POSITIVE_INFINITY;
    this.#told = 0;
    this.#forgetQuestions();
    this.#differsSince = null;
    this.#isDifferenceTold = false;
  }

  /** The link is down or back: what was asked before cannot be answered any more. */
  linkChanged(now: number): void {
    this.#forgetQuestions();
    this.#closing.again(now);
    this.#askAt = now;
  }

  /** Something waits to be sealed: ask now unless an answer is on its way. */
  want(now: number): void {
    const latest = Math.max(Number.NEGATIVE_INFINITY, ...this.#asked.values());
    if (!this.isFresh(now) && now - latest >= PING_AFTER_TRAFFIC) this.#askAt = now;
  }

  /** Messages have come or gone: everybody learns soon how far the others are. */
  traffic(now: number, factor: 1 | 2): void {
    this.#trafficDue = Math.min(this.#trafficDue, this.#hasMuchToTell() ? now : now + factor * PING_AFTER_TRAFFIC);
    // One question at a time: its answer makes the next one due, and those that nobody answers are counted.
    if (this.#asked.size === 0) this.#askAt = Math.min(this.#askAt ?? Number.POSITIVE_INFINITY, this.#trafficDue);
    this.#closing.traffic(now);
  }

  #hasMuchToTell(): boolean {
    return this.#epoch !== null && this.#epoch.messages - this.#told >= PING_AFTER_MESSAGES;
  }

  /** Says what others have and this member lacks, also of epochs that were replaced. */
  warn(now: number): void {
    this.#lacking.warn(now);
  }

  async tick(now: number): Promise<void> {
    if (this.#epoch === null || isLeading(this.#state)) return;
    this.#warnOfDifference(now);
    const leader = this.#leader();
    if (leader !== null) await this.#closing.tick(leader.peer, leader.pairing, now);
    if (this.#askAt === null || now < this.#askAt) return;
    if (leader === null) this.#askAt = now + PING_AGAIN;
    else await this.#ask(leader.peer, leader.pairing, now);
  }

  nextWake(): number | null {
    const times = [this.#lacking.nextWake()];
    if (this.#epoch !== null && !isLeading(this.#state)) {
      times.push(this.#askAt, this.#leader() === null ? null : this.#closing.nextWake());
      if (this.#differsSince !== null && !this.#isDifferenceTold) times.push(this.#differsSince + MISSED_AFTER);
    }
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  /**
   * The answer of the current epoch's leader; from anybody else it changes nothing.
   * @returns the own messages that everybody has by now, if there are any
   * @throws QsecError for what is refused
   */
  async receivePong(peer: Peer, pairing: Pairing, frame: Uint8Array, now: number): Promise<Settled | null> {
    const pong = await pairing.session.open(KIND.PONG, frame, decodePong);
    const epoch = this.#epoch;
    const askedAt = this.#asked.get(pong.ping);
    if (epoch === null || epoch !== this.#state.epochs.current || toBase64url(epoch.leader.id) !== peer.id) return null;
    const closed = this.#closing.answered(pong.ping, now);
    if (closed !== null) return this.#receiveClosing(closed, pong, now);
    if (askedAt === undefined) throw new QsecError("STALE", "An answer came to a question that was not asked.");
    this.#forgetQuestions();
    if (!equalBytes(pong.hash, epoch.hash)) {
      this.#differsSince ??= now;
      this.#askAt = now + PING_AFTER_TRAFFIC;
      return null;
    }
    this.#differsSince = null;
    this.#confirmedAt = askedAt;
    this.#askAt = Math.min(now + PING_INTERVAL, this.#trafficDue);
    const settled = this.#compare(epoch, pong, now);
    if (this.#sent.has(epoch) || this.#lacking.has(epoch)) this.traffic(now, 2);
    if (this.#sent.holdsBack(epoch, now)) this.#askAt = now + PING_WHILE_WAITING;
    return settled;
  }

  /** An epoch that is over says nothing of who is in the room now: such an answer makes no roster fresh. */
  #receiveClosing(closed: Epoch, pong: Pong, now: number): Settled | null {
    if (pong.next.length > 0) return this.#compare(closed, pong, now);
    this.#closing.giveUp(closed);
    return null;
  }

  #compare(epoch: Epoch, { next, floor }: Pong, now: number): Settled {
    const size = epoch.commit.roster.length;
    if (next.length !== size || floor.length !== size)
      throw new QsecError("DECODE", "A leader's answer does not fit the roster.");
    this.#lacking.compare(epoch, next, now);
    return { epoch, seqs: this.#sent.settle(epoch, Math.min(floor[epoch.ownIndex], next[epoch.ownIndex])) };
  }

  async #ask(leader: Peer, { session }: Pairing, now: number): Promise<void> {
    const epoch = this.#epoch!;
    if (this.#asked.size > 0 && ++this.#unanswered >= PING_UNANSWERED && this.#silentSince === null) {
      this.#silentSince = now;
      const text = "The leader of this room does not answer: the relay may be keeping you apart.";
      alarm(this.#state.effects, leader, new QsecError("UNREACHABLE", text));
    }
    const frame = await session.seal(KIND.PING, encodePing({ hash: epoch.hash, next: epoch.progress }));
    this.#asked.set(decodeRecord(frame).seq, now);
    this.#told = epoch.messages;
    this.#askAt = now + PING_AGAIN;
    this.#trafficDue = Number.POSITIVE_INFINITY;
    this.#state.effects.send({ event: "encrypted_message", header: { to: leader.id }, frame });
  }

  /** Said once an epoch, when it stays so for a while. */
  #warnOfDifference(now: number): void {
    if (this.#differsSince === null || now < this.#differsSince + MISSED_AFTER || this.#isDifferenceTold) return;
    this.#isDifferenceTold = true;
    const text = "The leader holds another room key than this member: something keeps the newest one away.";
    alarm(this.#state.effects, this.#leader()?.peer ?? null, new QsecError("EPOCH", text));
  }

  /** The leader and the session with it, unless that is not there (yet). */
  #leader(): { peer: Peer; pairing: Pairing } | null {
    const id: MemberId = toBase64url(this.#epoch!.leader.id);
    const peer = this.#state.presence.get(id);
    const pairing = peer?.former ?? peer?.pairing ?? null;
    return peer === undefined || pairing === null ? null : { peer, pairing };
  }

  #forgetQuestions(): void {
    this.#asked.clear();
    this.#unanswered = 0;
    this.#silentSince = null;
  }
}
