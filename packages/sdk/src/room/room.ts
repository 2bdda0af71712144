import type { Rank } from "../handshake/messages.js";
import type { Outcome } from "../handshake/outcome.js";
import type { Incoming } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { compareBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId, UserList } from "../wire/events.js";
import { receiveAck } from "./acknowledgements.js";
import { alarm } from "./alarm.js";
import { Effects, type StepResult } from "./effects.js";
import { EpochSwitch } from "./epoch-switch.js";
import { Epochs } from "./epochs.js";
import type { EpochView, MemberView, VerifyDetail } from "./events.js";
import { ExchangeEnds } from "./exchange-ends.js";
import type { ExchangeHost } from "./exchange-host.js";
import { Exchanges } from "./exchanges.js";
import { Gates } from "./gates.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage, type ContentType } from "./group-message.js";
import { IncomingMessages } from "./incoming-messages.js";
import { IncomingShares } from "./incoming-shares.js";
import { Leadership } from "./leadership.js";
import { OwnAnnounce } from "./own-announce.js";
import { dropPairing, peerName, type Peer } from "./peer.js";
import { Presence } from "./presence.js";
import { Pursuit } from "./pursuit.js";
import { refusing } from "./refusing.js";
import { isLeading, type RoomOptions, type RoomState } from "./room-state.js";
import { isSecured, sealForRoom, sendControl } from "./seal.js";
import { Succession } from "./succession.js";
import { GATE_TIMEOUT } from "./timing.js";
import { epochView, memberViews, rosterEntry } from "./views.js";

/**
 * A room as one member sees it: who is there, the handshakes, the epochs, the messages (protocol §5–§8). Sans I/O:
 * every method takes what happened and the time, and returns what to send and what to tell the application.
 *
 * Calls must not overlap: the owner runs one after the other, as WebCrypto is asynchronous.
 */
export class Room {
  readonly #state: RoomState;
  readonly #announce: OwnAnnounce;
  readonly #exchanges: Exchanges;
  readonly #gates: Gates;
  readonly #leadership: Leadership;
  readonly #succession: Succession;
  readonly #epochSwitch: EpochSwitch;
  readonly #messages: IncomingMessages;
  readonly #shares: IncomingShares;
  readonly #pursuit: Pursuit;
  #linked = false;
  #shownMembers = "";

  constructor(options: RoomOptions) {
    const effects = new Effects(options.audit);
    const presence = new Presence(toBase64url(options.self.id));
    const state: RoomState = (this.#state = { options, effects, epochs: new Epochs(), presence });
    const succession = (this.#succession = new Succession(state));
    const epochSwitch = (this.#epochSwitch = new EpochSwitch(state, succession));
    const leadership = (this.#leadership = new Leadership(state, epochSwitch));
    const { room, self, random, exchange } = options;
    const host: ExchangeHost = {
      room,
      self,
      random,
      effects,
      options: exchange,
      rank: () => succession.rank(),
      peers: () => presence.all,
      yieldsTo: (peer, rank) => this.#yieldsTo(peer, rank),
      keyed: (peer, outcome, direction, now) => this.#keyed(peer, outcome, direction, now),
    };
    const announce = (this.#announce = new OwnAnnounce(host));
    const ends = new ExchangeEnds(host, announce);
    this.#exchanges = new Exchanges(host, announce, ends);
    this.#gates = new Gates(state, ends);
    const messages = (this.#messages = new IncomingMessages(state, succession, leadership));
    this.#shares = new IncomingShares({ state, succession, leadership, epochSwitch, messages, ends, announce });
    this.#pursuit = new Pursuit(state, leadership, this.#exchanges, announce);
  }

  get members(): MemberView[] {
    const { options, epochs, presence } = this.#state;
    const { self, admission } = options;
    return memberViews({
      self,
      admission,
      epoch: epochs.current,
      peers: presence.all,
      relayLeader: presence.relayLeader,
    });
  }

  get epoch(): EpochView | null {
    const { current } = this.#state.epochs;
    return current === null ? null : epochView(current, this.#epochSwitch.since);
  }

  get pendingVerifications(): VerifyDetail[] {
    return this.#gates.pending;
  }

  get secured(): boolean {
    return isSecured(this.#state);
  }

  /** `verify`: whether emoji wait to be compared, on this side or on the other. */
  get verifying(): boolean {
    return this.#gates.isOpen;
  }

  get exchanging(): boolean {
    return this.#state.presence.all.some((peer) => peer.exchange !== null || peer.pairing !== null);
  }

  /** The relay has let this member in (again). */
  joined(list: UserList, resumed: boolean, now: number): Promise<StepResult> {
    return this.#step(now, () => {
      this.#linked = true;
      this.#state.presence.unknown();
      this.#state.presence.apply(list, now);
      if (!resumed) this.#announce.offer(now);
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
        case "user_list":
          return this.#state.presence.apply(message.list, now);
        case "pubkeys":
          return this.#announced(message.entries, now);
        case "bb84_signal":
          return this.#fromPeer(message.header.from, now, (peer) => this.#exchanges.receive(peer, message.frame, now));
        case "roomkey_share":
          return this.#fromPeer(message.header.from, now, (peer) => this.#shares.receive(peer, message.frame, now));
        case "encrypted_message":
          return this.#fromPeer(message.header.from, now, (peer) =>
            receiveAck(this.#state, this.#leadership, peer, message.frame),
          );
        case "group_message":
          return refusing(this.#state.effects, null, () => this.#messages.receive(message.frame, now));
        default:
          return undefined;
      }
    });
  }

  tick(now: number): Promise<StepResult> {
    return this.#step(now, () => undefined);
  }

  /** When `tick` should be called at the latest, or null. */
  nextWake(): number | null {
    const times = [this.#state.epochs.nextWake()];
    if (this.#linked) {
      times.push(
        this.#exchanges.nextWake(),
        this.#leadership.nextWake(),
        this.#gates.nextWake(),
        this.#pursuit.nextWake(),
      );
      if (!this.#leadership.takingOver) times.push(this.#succession.takeOverAt());
    }
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  /**
   * Seals a message for the room. The caller sends the frame and tells the application when the relay has taken it.
   * @throws QsecError `not_secured`, `message_too_large`
   */
  seal(type: ContentType, body: Uint8Array, now: number): Promise<{ frame: Uint8Array; epoch: number; seq: number }> {
    return sealForRoom(this.#state, type, body, now);
  }

  /** Opens application bytes that came on a way of the application's own. @throws QsecError as a refused message does */
  async openApplicationFrame(frame: Uint8Array, now: number): Promise<{ from: MemberId; data: Uint8Array }> {
    const header = decodeGroupFrame(frame);
    const epoch = this.#state.epochs.find(header, now);
    if (epoch === null) {
      throw new QsecError("EPOCH", "These bytes were sealed in an epoch that this member does not have.");
    }
    const message = await openGroupMessage(epoch, header, CONTENT_TYPE.application);
    return { from: toBase64url(epoch.commit.roster[message.sender].id), data: message.body };
  }

  /** The person says that the emoji match. @throws QsecError `unknown_peer` */
  confirm(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      const { peer, pairing } = this.#gates.open(id);
      if (pairing.direction === "initiator") this.#admit(peer, now);
      const { heldShare } = pairing;
      pairing.heldShare = null;
      if (heldShare !== null) {
        await refusing(this.#state.effects, peer, () => this.#shares.receive(peer, heldShare, now));
      }
    });
  }

  /** The person says that they do not: the pair ends and this identity is blocked. @throws QsecError `unknown_peer` */
  reject(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, () => this.#gates.reject(id, now));
  }

  /** Asks for another run after one was aborted for good. @throws QsecError `unknown_peer` */
  retry(id: MemberId, now: number): Promise<StepResult> {
    return this.#step(now, () => {
      const peer = this.#state.presence.get(id);
      if (peer === undefined) throw new QsecError("unknown_peer", "There is no member with this id.");
      this.#pursuit.again(peer, now);
    });
  }

  /** Says goodbye under signature, the leader after naming its successor. Returns what to send before leaving. */
  leave(now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      const { epochs, presence } = this.#state;
      if (!this.secured || !this.#linked) return;
      const next = epochs
        .current!.commit.roster.slice(1)
        .find(({ id }) => presence.get(toBase64url(id))?.online === true);
      if (isLeading(this.#state) && next !== undefined)
        await sendControl(this.#state, { op: "yield", id: next.id }, now);
      await sendControl(this.#state, { op: "bye" }, now);
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

  async #step(now: number, work: () => void | Promise<void>): Promise<StepResult> {
    try {
      await work();
      await this.#settle(now);
    } catch (error) {
      this.#state.effects.take(); // half a step must not leave with the next one
      throw error;
    }
    return this.#state.effects.take();
  }

  /** Does what has become due, by time or by what has just happened. */
  async #settle(now: number): Promise<void> {
    const { epochs, effects, presence, options } = this.#state;
    this.#forgetGone();
    if (this.#linked) {
      this.#exchanges.tick(now);
      this.#gates.tick(now);
      // The relay names who creates a room; it cannot make anybody who holds an epoch follow.
      if (epochs.current === null && presence.relayLeader === toBase64url(options.self.id))
        await this.#leadership.create(now);
      const takeOverAt = this.#succession.takeOverAt();
      if (takeOverAt !== null && now >= takeOverAt && !this.#leadership.takingOver) this.#leadership.takeOver(now);
      await this.#leadership.tick(now);
      await this.#pursuit.tick(now);
    }
    for (const error of epochs.expire(now)) alarm(effects, null, error);
    this.#showMembers();
    for (const message of this.#messages.take()) effects.emit("message", message);
  }

  /** A handshake is done: its session replaces an older one, and its gate stands before any room key. */
  #keyed(peer: Peer, outcome: Outcome, direction: "initiator" | "responder", now: number): void {
    const { options, epochs } = this.#state;
    dropPairing(peer);
    const known = rosterEntry(epochs.current, peer.bytes) !== undefined || peer.verified;
    const gate = options.admission === "verify" && !known ? "waiting" : "none";
    peer.pairing = {
      session: outcome.session,
      safetyCode: outcome.safetyCode,
      direction,
      name: outcome.peer.name,
      gate,
      gateDeadline: now + GATE_TIMEOUT,
      active: false,
      heldShare: null,
    };
    if (gate === "waiting") this.#gates.show(peer);
    else if (direction === "initiator") this.#admit(peer, now);
  }

  /** Whether this member answers a call, or keeps to its own: two leaders go by rank, other crossed calls by the smaller id. */
  #yieldsTo(peer: Peer, rank: Rank): boolean {
    if (rank.role === 1 && isLeading(this.#state)) return this.#succession.yieldsTo(peer.bytes, rank);
    const crossed = peer.exchange?.direction === "initiator";
    return !crossed || compareBytes(peer.bytes, this.#state.options.self.id) < 0;
  }

  #announced(entries: readonly { readonly from: MemberId; readonly frame: Uint8Array }[], now: number): void {
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

  #admit(peer: Peer, now: number): void {
    if (isLeading(this.#state) || this.#leadership.takingOver) this.#leadership.admit(peer, now);
  }

  async #fromPeer(from: MemberId, now: number, handle: (peer: Peer) => Promise<void>): Promise<void> {
    const { presence, effects } = this.#state;
    const peer = presence.ensure(from, now);
    if (peer !== null) await refusing(effects, peer, () => handle(peer));
    else alarm(effects, null, new QsecError("SELF", "The relay sent this member's own frame back as a peer's."));
  }

  /** Peers that left for good and are in no roster have nothing here any more. */
  #forgetGone(): void {
    const { presence, epochs, effects } = this.#state;
    for (const peer of presence.all) {
      if (peer.present || !peer.departed || rosterEntry(epochs.current, peer.bytes) !== undefined) continue;
      if (peer.pairing?.gate === "waiting") {
        effects.emit("verify:done", { peer: { id: peer.id, name: peerName(peer) }, confirmed: false });
      }
      this.#exchanges.drop(peer);
      this.#leadership.forget(peer);
      dropPairing(peer);
      peer.announce = null;
      if (!peer.blocked) presence.forget(peer); // a blocked identity stays blocked when the relay lists it again
    }
  }

  #showMembers(): void {
    const members = this.members;
    const shown = JSON.stringify(members);
    if (shown === this.#shownMembers) return;
    this.#shownMembers = shown;
    this.#state.effects.emit("members", { members });
  }
}
