import { ABORT_CODE, type AbortCode } from "../handshake/abort.js";
import type { Rank } from "../handshake/messages.js";
import type { Outcome } from "../handshake/outcome.js";
import { decodeRecord } from "../handshake/pair-session.js";
import type { Incoming } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId, PublicKeyEntry, UserList } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { checkShare } from "./acceptance.js";
import { Effects, type StepResult } from "./effects.js";
import { decodeCommit, rosterIndex } from "./epoch-commit.js";
import { Epoch } from "./epoch.js";
import { Epochs, type Opened } from "./epochs.js";
import type { EpochView, MemberView, MessageDetail, VerifyDetail } from "./events.js";
import { Exchanges, type ExchangeHost } from "./exchanges.js";
import {
  CONTENT_TYPE, decodeControl, decodeGroupFrame, decodeText, encodeControl, openGroupMessage, sealGroupMessage, type ContentType, type Control,
} from "./group-message.js";
import { Leadership } from "./leadership.js";
import { dropPairing, peerName, type Peer } from "./peer.js";
import { Presence } from "./presence.js";
import { isLeading, type RoomOptions, type RoomState } from "./room-state.js";
import { decodeShare } from "./share.js";
import { Succession } from "./succession.js";
import { CONCURRENT_EXCHANGES, GATE_TIMEOUT, WANT_AFTER } from "./timing.js";
import { entryPeer, epochView, memberViews, pseudonyms, rosterDifference, rosterEntry } from "./views.js";

/**
 * A room as one member sees it: who is there, the handshakes, the epochs, the messages (protocol §5–§8). Sans I/O:
 * every method takes what happened and the time, and returns what to send and what to tell the application.
 *
 * Calls must not overlap: the owner runs one after the other, as WebCrypto is asynchronous.
 */
export class Room implements ExchangeHost {
  readonly #state: RoomState;
  readonly #exchanges: Exchanges;
  readonly #leadership: Leadership;
  readonly #succession: Succession;
  readonly #received: MessageDetail[] = [];
  #epochSince = 0;
  #linked = false;
  #shownMembers = "";

  constructor(options: RoomOptions) {
    const effects = new Effects(options.audit);
    this.#state = { options, effects, epochs: new Epochs(), presence: new Presence(toBase64url(options.self.id)) };
    this.#exchanges = new Exchanges(this);
    this.#succession = new Succession(this.#state);
    this.#leadership = new Leadership(this.#state, (next, now) => this.#switchTo(next, now));
  }

  // --- what the application sees ---

  get members(): MemberView[] {
    const { options, epochs, presence } = this.#state;
    const { self, admission } = options;
    return memberViews({ self, admission, epoch: epochs.current, peers: presence.all, relayLeader: presence.relayLeader });
  }

  get epoch(): EpochView | null {
    const { current } = this.#state.epochs;
    return current === null ? null : epochView(current, this.#epochSince);
  }

  get pendingVerifications(): VerifyDetail[] {
    return this.#state.presence.all.filter(({ pairing }) => pairing?.gate === "waiting").map(verifyDetail);
  }

  /** Whether a room key is shared with at least one other member. */
  get secured(): boolean {
    return (this.#state.epochs.current?.commit.roster.length ?? 0) > 1;
  }

  get exchanging(): boolean {
    return this.#state.presence.all.some(({ exchange, pairing }) => exchange !== null || pairing !== null);
  }

  // --- what happened ---

  /** The relay has let this member in (again). */
  joined(list: UserList, resumed: boolean, now: number): Promise<StepResult> {
    return this.#step(now, () => {
      this.#linked = true;
      this.#state.presence.unknown();
      this.#state.presence.apply(list, now);
      if (!resumed) this.#exchanges.announce(now);
    });
  }

  /** The link to the relay is down: what the others do is not known until it is back. */
  linkDown(): void {
    this.#linked = false;
  }

  /** A message from the relay. What is wrong with it becomes a `security` event; nothing a peer sends makes this throw. */
  receive(message: Incoming, now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      switch (message.event) {
        case "user_list": return this.#state.presence.apply(message.list, now);
        case "pubkeys": return this.#receiveAnnounces(message.entries, now);
        case "bb84_signal": return this.#fromPeer(message.header.from, now, (peer) => this.#exchanges.receive(peer, message.frame, now));
        case "roomkey_share": return this.#fromPeer(message.header.from, now, (peer) => this.#receiveShare(peer, message.frame, now));
        case "encrypted_message": return this.#fromPeer(message.header.from, now, (peer) => this.#receiveRecord(peer, message.frame));
        case "group_message": return this.#receiveGroup(message.frame, now);
        default: return undefined;
      }
    });
  }

  /** Lets time pass. */
  tick(now: number): Promise<StepResult> {
    return this.#step(now, () => undefined);
  }

  /** When `tick` should be called at the latest, or null. */
  nextWake(): number | null {
    const { epochs, presence } = this.#state;
    const times = [epochs.nextWake()];
    if (this.#linked) {
      times.push(this.#exchanges.nextWake(), this.#leadership.nextWake());
      if (!this.#leadership.takingOver) times.push(this.#succession.takeOverAt());
      for (const peer of presence.all) {
        if (peer.pairing?.gate === "waiting") times.push(peer.pairing.gateDeadline);
        if (this.#wants(peer)) times.push(Math.max(peer.retryAt ?? 0, peer.announce === null ? peer.askedAt + WANT_AFTER : 0));
      }
    }
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  // --- what the person or the application does ---

  /**
   * Seals a message for the room. The caller sends the frame and tells the application when the relay has taken it.
   * @throws QsecError `not_secured`, `message_too_large`
   */
  async seal(type: ContentType, body: Uint8Array, now: number): Promise<{ frame: Uint8Array; epoch: number; seq: number }> {
    const { current } = this.#state.epochs;
    if (current === null || !this.secured) {
      throw new QsecError("not_secured", "There is no room key with anybody yet: wait for secured() before sending.");
    }
    const { frame, seq } = await sealGroupMessage(current, this.#state.options.self.seed, { type, ms: now, body });
    return { frame, epoch: current.number, seq };
  }

  /** Opens a frame that came on a way of the application's own. @throws QsecError as a refused message does */
  async openApplicationFrame(frame: Uint8Array): Promise<{ from: MemberId; data: Uint8Array }> {
    const { epochs } = this.#state;
    const header = decodeGroupFrame(frame);
    const epoch = [epochs.current, epochs.previous].find((one) => one !== null && equalBytes(one.kid, header.kid));
    if (epoch == null) throw new QsecError("EPOCH", "These bytes were sealed in an epoch that this member does not have.");
    const message = await openGroupMessage(epoch, header);
    if (message.type !== CONTENT_TYPE.application) throw new QsecError("DECODE", "These bytes are a chat message, not application data.");
    return { from: toBase64url(epoch.commit.roster[message.sender]!.id), data: message.body };
  }

  /** The person says that the emoji match. @throws QsecError `unknown_peer` */
  confirm(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      const peer = this.#awaitingGate(id);
      const pairing = peer.pairing!;
      pairing.gate = "open";
      peer.verified = true;
      this.#state.effects.emit("verify:done", { peer: { id, name: pairing.name }, confirmed: true });
      if (pairing.direction === "initiator") this.#admit(peer, now);
      const { heldShare } = pairing;
      pairing.heldShare = null;
      if (heldShare !== null) await this.#receiveShare(peer, heldShare, now);
    });
  }

  /** The person says that they do not: the pair ends and this identity is not let in again. @throws QsecError `unknown_peer` */
  reject(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, () => {
      const peer = this.#awaitingGate(id);
      peer.blocked = true;
      this.#endGate(peer, "REJECTED", "Somebody may be between you and this person: the emoji did not match.", now);
    });
  }

  /** Asks for another run after one was aborted for good. @throws QsecError `unknown_peer` */
  retry(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, () => {
      const peer = this.#state.presence.get(id);
      if (peer === undefined) throw unknownPeer();
      peer.surfacedAt = peer.retryAt = null;
      peer.failures = 0;
      if (!this.#leads()) this.#exchanges.announce(now);
      else if (peer.announce === null) this.#exchanges.want(peer, now);
    });
  }

  /** Says goodbye under signature, the leader after naming its successor. Returns what to send before leaving. */
  leave(now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      const { epochs, effects } = this.#state;
      if (!this.secured || !this.#linked) return;
      const next = epochs.current!.commit.roster.slice(1).find(({ id }) => this.#state.presence.get(toBase64url(id))?.online === true);
      const farewell: Control[] = isLeading(this.#state) && next !== undefined ? [{ op: "yield", id: next.id }, { op: "bye" }] : [{ op: "bye" }];
      for (const control of farewell) {
        const { frame } = await this.seal(CONTENT_TYPE.control, encodeControl(control), now);
        effects.send({ event: "group_message", header: {}, frame });
      }
      this.#linked = false;
    });
  }

  /** Zeroes every key that the room owns. */
  wipe(): void {
    this.#linked = false;
    this.#exchanges.wipe();
    this.#leadership.reset();
    for (const peer of this.#state.presence.all) dropPairing(peer);
    this.#state.epochs.wipe();
    this.#state.options.room.psk.fill(0);
    this.#state.options.self.seed.fill(0);
  }

  // --- ExchangeHost ---

  get room() {
    return this.#state.options.room;
  }

  get self() {
    return this.#state.options.self;
  }

  get random() {
    return this.#state.options.random;
  }

  get effects() {
    return this.#state.effects;
  }

  get options() {
    return this.#state.options.exchange;
  }

  rank(): Rank {
    return this.#succession.rank();
  }

  peers(): Peer[] {
    return this.#state.presence.all;
  }

  yieldsTo(peer: Peer, rank: Rank): boolean {
    return this.#succession.yieldsTo(peer.bytes, rank);
  }

  /** A handshake is done: its session replaces an older one, and its gate stands before any room key. */
  keyed(peer: Peer, outcome: Outcome, direction: "initiator" | "responder", now: number): void {
    const { options, epochs, effects } = this.#state;
    dropPairing(peer);
    const known = rosterEntry(epochs.current, peer.bytes) !== undefined || peer.verified;
    const gate = options.admission === "verify" && !known ? "waiting" : "none";
    peer.pairing = {
      session: outcome.session, safetyCode: outcome.safetyCode, direction, name: outcome.peer.name,
      outranks: direction === "responder" && isLeading(this.#state), gate, gateDeadline: now + GATE_TIMEOUT, active: false, heldShare: null,
    };
    if (gate === "waiting") effects.emit("verify", verifyDetail(peer));
    else if (direction === "initiator") this.#admit(peer, now);
  }

  // --- steps ---

  async #step(now: number, work: () => void | Promise<void>): Promise<StepResult> {
    await work();
    await this.#settle(now);
    return this.#state.effects.take();
  }

  /** Does what has become due, by time or by what has just happened. */
  async #settle(now: number): Promise<void> {
    const { epochs, effects } = this.#state;
    this.#forgetGone();
    if (this.#linked) {
      this.#exchanges.tick(now);
      for (const peer of this.#state.presence.all) {
        if (peer.pairing?.gate === "waiting" && now >= peer.pairing.gateDeadline) {
          this.#endGate(peer, "TIMEOUT", "Nobody compared the emoji in time.", now);
        }
      }
      if (epochs.current === null && this.#state.presence.relayLeader === toBase64url(this.self.id)) await this.#leadership.create(now);
      const takeOverAt = this.#succession.takeOverAt();
      if (takeOverAt !== null && now >= takeOverAt && !this.#leadership.takingOver) this.#leadership.takeOver(now);
      await this.#leadership.tick(now);
      await this.#pursue(now);
    }
    for (const error of epochs.expire(now)) this.#alarm(null, error);
    this.#showMembers();
    for (const message of this.#received.splice(0)) effects.emit("message", message);
  }

  /** Starts the handshakes that this member has to start. */
  async #pursue(now: number): Promise<void> {
    for (const peer of this.#state.presence.all) {
      if (!this.#wants(peer) || (peer.retryAt !== null && now < peer.retryAt)) continue;
      const busy = this.#state.presence.all.filter(({ exchange }) => exchange !== null).length;
      if (busy >= CONCURRENT_EXCHANGES) return;
      if (peer.announce !== null) await this.#exchanges.start(peer, now);
      else if (now >= peer.askedAt + WANT_AFTER) this.#exchanges.want(peer, now);
    }
  }

  #wants(peer: Peer): boolean {
    if (!peer.online || peer.blocked || peer.exchange !== null || peer.pairing !== null || peer.surfacedAt !== null) return false;
    if (this.#leadership.takingOver) return this.#leadership.isWaitingFor(peer);
    return isLeading(this.#state) && this.#leadership.hasPlace;
  }

  #leads(): boolean {
    return isLeading(this.#state) || this.#leadership.takingOver;
  }

  #admit(peer: Peer, now: number): void {
    if (this.#leads()) this.#leadership.admit(peer, now);
  }

  // --- messages ---

  async #fromPeer(from: MemberId, now: number, handle: (peer: Peer) => Promise<void>): Promise<void> {
    const peer = this.#state.presence.ensure(from, now);
    if (peer === null) this.#alarm(null, new QsecError("SELF", "The relay sent this member's own frame back as a peer's."));
    else await this.#refusing(peer, () => handle(peer));
  }

  #receiveAnnounces(entries: readonly { readonly from: PublicKeyEntry["from"]; readonly frame: Uint8Array }[], now: number): void {
    for (const { from, frame } of entries) {
      const peer = this.#state.presence.ensure(from, now);
      if (peer === null) continue;
      peer.announce = frame;
      // A fresh offer after the error rate ended a run, or long after any other end, is a person asking for another run.
      if (peer.surfacedAt !== null && (peer.lastFailure === "QBER" || now - peer.surfacedAt >= WANT_AFTER)) {
        peer.surfacedAt = peer.retryAt = null;
        peer.failures = 0;
      }
    }
  }

  async #receiveShare(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    const { pairing } = peer;
    if (pairing === null) throw new QsecError("SID", "A room key came from a peer without a session.");
    if (pairing.gate === "waiting") {
      pairing.heldShare = frame; // unopened until this person has confirmed
      return;
    }
    const state = { ...this.#succession.acceptance(now), outranked: pairing.outranks };
    try {
      const next = await pairing.session.open(KIND.SHARE, frame, (content) => {
        const share = decodeShare(content);
        const commit = decodeCommit(share.commit);
        checkShare(state, peer.bytes, commit, share.commit, share.signature, share.roomKey);
        return new Epoch(commit, share.commit, share.roomKey, this.self.id);
      });
      await this.#accept(peer, next, now);
    } catch (error) {
      if (error instanceof QsecError && error.code === "NOT_LEADER") this.#exchanges.abort(peer, pairing.session.sid, "NOT_LEADER");
      throw error;
    }
  }

  async #accept(peer: Peer, next: Epoch, now: number): Promise<void> {
    const { effects, epochs } = this.#state;
    const pairing = peer.pairing!;
    if (isLeading(this.#state) && this.secured) await this.#yieldTo(peer, now);
    pairing.active = true;
    this.#leadership.reset();
    this.#switchTo(next, now);
    const frame = await pairing.session.seal(KIND.ACK, next.hash);
    effects.send({ event: "encrypted_message", header: { to: peer.id }, frame });
    effects.report({ event: "roomkey_decrypted", header: { size: 32 } });
    for (const header of epochs.takeEarly()) await this.#refusing(null, async () => this.#deliver({ epoch: next, message: await openGroupMessage(next, header) }, now));
  }

  /** Two rooms met and the other's leader ranks higher: the members of this one follow. */
  async #yieldTo(peer: Peer, now: number): Promise<void> {
    const { frame } = await this.seal(CONTENT_TYPE.control, encodeControl({ op: "yield", id: peer.bytes }), now);
    this.#state.effects.send({ event: "group_message", header: {}, frame });
  }

  async #receiveRecord(peer: Peer, frame: Uint8Array): Promise<void> {
    const { kind } = decodeRecord(frame);
    if (kind !== KIND.ACK) throw new QsecError("KIND", "A session record is of a kind that this version does not use.");
    if (peer.pairing === null) throw new QsecError("SID", "A record came from a peer without a session.");
    const hash = await peer.pairing.session.open(KIND.ACK, frame, (content) => content);
    const { current } = this.#state.epochs;
    if (current !== null && equalBytes(hash, current.hash)) this.#leadership.acknowledged(peer);
  }

  async #receiveGroup(frame: Uint8Array, now: number): Promise<void> {
    await this.#refusing(null, async () => {
      const opened = await this.#state.epochs.open(frame, now);
      if (opened !== null) this.#deliver(opened, now);
    });
  }

  #deliver({ epoch, message }: Opened, now: number): void {
    const from = entryPeer(epoch.commit.roster[message.sender]!);
    if (message.type === CONTENT_TYPE.control) {
      this.#obey(epoch, epoch.commit.roster[message.sender]!.id, decodeControl(message.body), now);
      return;
    }
    if (message.type !== CONTENT_TYPE.text) return; // application bytes on the room's own way have no reader here
    this.#state.effects.report({ event: "msg_decrypted", header: { iv: 12 } });
    this.#received.push({
      from: from.id, fromName: from.name, own: false, text: decodeText(message.body), sentAt: message.ms, epoch: epoch.number, seq: message.seq,
    });
  }

  #obey(epoch: Epoch, from: Uint8Array, control: Control, now: number): void {
    const fromLeader = equalBytes(from, epoch.leader.id);
    if (control.op === "yield") {
      if (!fromLeader) throw new QsecError("NOT_LEADER", "A member that does not lead this room tried to pass it on.");
      this.#succession.yielded(control.id, now);
      return;
    }
    const peer = this.#state.presence.ensure(toBase64url(from), now)!;
    if (isLeading(this.#state)) this.#leadership.remove(from, now);
    if (fromLeader) {
      peer.departed = true;
      peer.online = false;
      peer.offlineSince ??= now;
    }
  }

  // --- epochs ---

  /** Makes `next` current here and tells the application who came and went. */
  #switchTo(next: Epoch, now: number): void {
    const { epochs, effects, presence } = this.#state;
    const before = epochs.current?.commit.roster ?? next.commit.roster;
    const roster = next.commit.roster;
    epochs.switchTo(next, now);
    this.#epochSince = now;
    this.#succession.settled();
    for (const { id } of before) {
      const peer = presence.get(toBase64url(id));
      if (peer !== undefined && rosterIndex(roster, id) < 0) dropPairing(peer);
    }
    effects.emit("epoch", {
      ...epochView(next, now), reason: next.commit.reason, joined: rosterDifference(roster, before), left: rosterDifference(before, roster),
      leader: entryPeer(next.leader),
    });
    this.#checkNames(next);
  }

  /** The relay's word for who somebody is must not differ from what is signed. */
  #checkNames(epoch: Epoch): void {
    for (const { id, name } of epoch.commit.roster) {
      const peer = this.#state.presence.get(toBase64url(id));
      if (peer === undefined || peer.nameAlarmed || peer.relayName === "" || peer.relayName === name) continue;
      if (pseudonyms(id).includes(peer.relayName)) continue;
      peer.nameAlarmed = true;
      this.#alarm(peer, new QsecError("NAME", "The relay shows this member under a name that is not its own."));
    }
  }

  // --- gates, presence, alarms ---

  #awaitingGate(id: MemberId): Peer {
    const peer = this.#state.presence.get(id);
    if (peer?.pairing?.gate !== "waiting") throw unknownPeer();
    return peer;
  }

  #endGate(peer: Peer, code: AbortCode, message: string, now: number): void {
    const { effects } = this.#state;
    const { session, name, direction } = peer.pairing!;
    const shown = { id: peer.id, name };
    this.#exchanges.abort(peer, session.sid, code);
    effects.report({ event: "bb84_session", header: { to: peer.id, code: ABORT_CODE[code], qber_ppm: 0 } });
    dropPairing(peer);
    peer.surfacedAt = now;
    peer.lastFailure = code;
    effects.emit("verify:done", { peer: shown, confirmed: false });
    effects.emit("bb84:aborted", { peer: shown, direction, code, message, attempt: peer.runs, willRetry: false, local: true });
    if (code === "REJECTED") this.#alarm(peer, new QsecError(code, message));
  }

  /** Peers that the relay does not list and that are in no roster have nothing here any more. */
  #forgetGone(): void {
    const { presence, epochs, effects } = this.#state;
    for (const peer of presence.all) {
      if (peer.present || rosterEntry(epochs.current, peer.bytes) !== undefined || !peer.departed) continue;
      if (peer.pairing?.gate === "waiting") effects.emit("verify:done", { peer: { id: peer.id, name: peerName(peer) }, confirmed: false });
      this.#exchanges.drop(peer);
      dropPairing(peer);
      presence.forget(peer);
    }
  }

  #showMembers(): void {
    const members = this.members;
    const shown = JSON.stringify(members);
    if (shown === this.#shownMembers) return;
    this.#shownMembers = shown;
    this.#state.effects.emit("members", { members });
  }

  async #refusing(peer: Peer | null, handle: () => Promise<void>): Promise<void> {
    try {
      await handle();
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      this.#alarm(peer, error);
    }
  }

  #alarm(peer: Peer | null, { code, message }: QsecError): void {
    this.#state.effects.emit("security", { code, message, peer: peer === null ? null : { id: peer.id, name: peerName(peer) } });
  }
}

function verifyDetail(peer: Peer): VerifyDetail {
  const { safetyCode, name } = peer.pairing!;
  return { peer: { id: peer.id, name }, emoji: safetyCode.emoji, digits: safetyCode.digits };
}

function unknownPeer(): QsecError {
  return new QsecError("unknown_peer", "No member with this id waits for that.");
}
