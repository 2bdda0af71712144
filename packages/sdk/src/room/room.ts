import type { Incoming } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import type { MemberId, UserList } from "../wire/events.js";
import { alarm, sentBack, unlisted } from "./alarm.js";
import { openApplicationFrame } from "./application-frame.js";
import { Decisions } from "./decisions.js";
import { forgetGone } from "./departures.js";
import { DirectMessages } from "./direct-messages.js";
import type { StepResult } from "./effects.js";
import { EpochSwitch } from "./epoch-switch.js";
import type { ExportedKey } from "./exporter.js";
import type { EpochView, KnockDetail, MemberView, VerifyDetail } from "./events.js";
import { ExchangeEnds } from "./exchange-ends.js";
import { exchangeHostOf } from "./exchange-host-of.js";
import { Exchanges } from "./exchanges.js";
import { Freshness } from "./freshness.js";
import { Gates } from "./gates.js";
import { receivePublished } from "./incoming-published.js";
import { IncomingMessages } from "./incoming-messages.js";
import { IncomingRecords } from "./incoming-records.js";
import { IncomingShares } from "./incoming-shares.js";
import { Leadership } from "./leadership.js";
import { newRoomState } from "./new-room-state.js";
import { OwnAnnounce } from "./own-announce.js";
import { Pairings } from "./pairings.js";
import { dropPairing, type Peer } from "./peer.js";
import { receivePlaintext } from "./plaintext.js";
import { Pursuit } from "./pursuit.js";
import { Recognition } from "./recognition.js";
import { refusing } from "./refusing.js";
import { isLeading, type RoomOptions, type RoomState } from "./room-state.js";
import { RoomHistory } from "./room-history.js";
import { Rotation } from "./rotation.js";
import { isSecured, notSecured, Sealer } from "./seal.js";
import { lostIn, SentFrames } from "./sent-frames.js";
import { Succession } from "./succession.js";
import { epochView, memberViews } from "./views.js";
import { Watch } from "./watch.js";

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
  readonly #records: IncomingRecords;
  readonly #pursuit: Pursuit;
  readonly #pairings: Pairings;
  readonly #rotation: Rotation;
  readonly #freshness: Freshness;
  readonly #sent: SentFrames;
  /** The way out for what this member says. */
  readonly sealer: Sealer;
  /** Whether the others are who this device met before. */
  readonly recognition: Recognition;
  /** Private messages to one member. */
  readonly directs: DirectMessages;
  /** What people decide: who is let in, whose emoji match, who has to go. */
  readonly decisions: Decisions;
  /** What was said before, and what was shown of it. */
  readonly history: RoomHistory;
  #linked = false;
  #shownMembers = "";

  constructor(options: RoomOptions) {
    const state = (this.#state = newRoomState(options));
    const sent = (this.#sent = new SentFrames(state.epochs));
    const freshness = (this.#freshness = new Freshness(state, sent));
    const sealer = (this.sealer = new Sealer(state, freshness, sent));
    const succession = (this.#succession = new Succession(state, freshness));
    const epochSwitch = (this.#epochSwitch = new EpochSwitch(state, succession, freshness));
    const leadership = (this.#leadership = new Leadership(state, epochSwitch));
    const host = exchangeHostOf(state, () => this.#pairings);
    const announce = (this.#announce = new OwnAnnounce(host));
    const ends = new ExchangeEnds(host, announce);
    this.#exchanges = new Exchanges(host, announce, ends);
    this.#gates = new Gates(state, ends);
    const recognition = (this.recognition = new Recognition(state, options.pins ?? null));
    this.#pairings = new Pairings(state, succession, leadership, this.#gates, recognition);
    const rotation = (this.#rotation = new Rotation(state, leadership, announce, sealer));
    const messages = (this.#messages = new IncomingMessages({ state, succession, leadership, rotation, freshness }));
    this.#shares = new IncomingShares({
      state,
      gates: this.#gates,
      succession,
      leadership,
      epochSwitch,
      messages,
      ends,
      announce,
      sealer,
    });
    const watch = new Watch(state, leadership, sent);
    epochSwitch.onSwitch(() => watch.begin());
    const pursuit = (this.#pursuit = new Pursuit(state, leadership, this.#exchanges, announce));
    const step = (now: number, work: () => void | Promise<void>) => this.#step(now, work);
    this.directs = new DirectMessages({ state, freshness, sealer, pursuit, step });
    this.#records = new IncomingRecords({ state, leadership, freshness, watch, directs: this.directs });
    this.history = new RoomHistory(state, step);
    this.decisions = new Decisions({
      state,
      gates: this.#gates,
      pairings: this.#pairings,
      shares: this.#shares,
      leadership,
      rotation,
      pursuit,
      recognition,
      step,
    });
  }

  get members(): MemberView[] {
    const { options, epochs, presence } = this.#state;
    return memberViews({
      self: options.self,
      admission: options.access.admission,
      epoch: epochs.current,
      peers: presence.all,
      relayLeader: presence.relayLeader,
      changed: this.recognition.changes.map(({ peer }) => peer.id),
    });
  }

  get epoch(): EpochView | null {
    const { current } = this.#state.epochs;
    return current === null ? null : epochView(current, this.#epochSwitch.since);
  }

  get pendingVerifications(): VerifyDetail[] {
    return this.#gates.pending;
  }

  /** Who waits to be let in by this member. */
  get knocking(): KnockDetail[] {
    return this.#gates.knocking;
  }

  /** The room's public id as it holds now, 32 bytes. */
  get rid(): Uint8Array {
    return this.#state.options.access.context.rid;
  }

  /** The room secret as it holds now; null outside `link` mode. The bytes stay the room's. */
  get secret(): Uint8Array | null {
    return this.#state.options.access.secret;
  }

  /** Whether this member leads the current epoch. */
  get isLeading(): boolean {
    return isLeading(this.#state);
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
      this.#freshness.linkChanged(now);
      if (this.#state.epochs.current !== null) this.#messages.arrivals.linkUp(now);
      if (!resumed) this.#announce.offer(now);
    });
  }

  /** The link to the relay is down: what the others do is not known until it is back. */
  linkDown(): void {
    this.#linked = false;
    if (this.#state.epochs.current !== null) this.#messages.arrivals.linkDown();
  }

  /** A message from the relay. What is wrong with it becomes a `security` event; nothing a peer sends makes this throw. */
  receive(message: Incoming, now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      switch (message.event) {
        case "user_list":
          return this.#state.presence.apply(message.list, now);
        case "pubkeys":
          return this.#pairings.announced(message.entries, now);
        case "bb84_signal":
          return this.#fromPeer(message.header.from, now, (peer) => this.#exchanges.receive(peer, message.frame, now));
        case "roomkey_share":
          return this.#fromPeer(message.header.from, now, (peer) => this.#shares.receive(peer, message.frame, now));
        case "encrypted_message":
          return this.#fromPeer(message.header.from, now, (peer) => this.#records.receive(peer, message.frame, now));
        case "group_message":
          return refusing(this.#state.effects, null, () => this.#messages.receive(message.frame, now));
        case "relay":
          return receivePublished(this.#state, message, now);
        case "plain_message":
          return this.#fromPeer(message.header.from, now, (peer) => receivePlaintext(this.#state, peer, message.text));
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
    const { epochs } = this.#state;
    const times = [epochs.nextWake(), this.directs.nextWake(this.#linked), this.#messages.arrivals.nextWake()];
    if (this.#linked) {
      times.push(
        this.#exchanges.nextWake(),
        this.#leadership.nextWake(),
        this.#gates.nextWake(),
        this.#pursuit.nextWake(),
        this.#freshness.nextWake(),
        this.#sent.nextWake(),
      );
      if (!this.#leadership.takingOver) times.push(this.#succession.takeOverAt());
    }
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  /** Something waits to be sealed: asks the leader, if that is what it waits for. */
  wantReady(now: number): Promise<StepResult> {
    return this.#step(now, () => this.#freshness.want(now));
  }

  /** Whether a frame of that epoch can still be read by the others, as far as this member knows. */
  holds(hash: Uint8Array): boolean {
    return this.#state.epochs.holding(hash) !== null;
  }

  /** Opens application bytes that came on a way of the application's own. @throws QsecError as a refused message does */
  openApplicationFrame(frame: Uint8Array, now: number): Promise<{ from: MemberId; data: Uint8Array }> {
    return openApplicationFrame(this.#state.epochs, frame, now);
  }

  /**
   * A key of the application's own, equal on all members of the current epoch.
   * @throws QsecError `not_secured`, `bad_option`
   */
  exportKey(context: Uint8Array, length: number): ExportedKey {
    const { current } = this.#state.epochs;
    if (current === null || !this.secured) throw notSecured();
    return { epoch: current.number, key: current.exportKey(context, length) };
  }

  /** Says goodbye under signature, the leader after naming its successor. Returns what to send before leaving. */
  leave(now: number): Promise<StepResult> {
    return this.#step(now, async () => {
      const { epochs, presence } = this.#state;
      if (!this.secured || !this.#linked) return;
      const next = epochs
        .current!.commit.roster.slice(1)
        .find(({ id }) => presence.get(toBase64url(id))?.online === true);
      if (isLeading(this.#state) && next !== undefined) await this.sealer.control({ op: "yield", id: next.id }, now);
      await this.sealer.control({ op: "bye" }, now);
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
    this.#sent.clear();
    this.directs.clear();
    this.#state.options.access.wipe();
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
    forgetGone(this.#state, this.#exchanges, this.#leadership, now);
    if (this.#linked) {
      this.#exchanges.tick(now);
      this.#gates.tick(now);
      // The relay names who creates a room; it cannot make anybody who holds an epoch follow.
      if (epochs.current === null && presence.relayLeader === toBase64url(options.self.id))
        await this.#leadership.create(now);
      const takeOverAt = this.#succession.takeOverAt();
      if (takeOverAt !== null && now >= takeOverAt && !this.#leadership.takingOver) this.#leadership.takeOver(now);
      await this.#leadership.tick(now);
      await this.#rotation.tick(now);
      await this.directs.tick(now);
      await this.#pursuit.tick(now);
      await this.#freshness.tick(now);
      for (const frame of this.#sent.due(now)) effects.send({ event: "group_message", header: {}, frame });
    }
    this.#freshness.warn(now);
    this.directs.expire(now);
    for (const error of epochs.expire(now)) alarm(effects, null, error);
    for (const epoch of this.#sent.takeLost()) alarm(effects, null, lostIn(epoch.number));
    this.recognition.settle(now);
    this.#showMembers();
    for (const { name, detail } of this.#messages.arrivals.take(now)) effects.emit(name, detail);
  }

  async #fromPeer(from: MemberId, now: number, handle: (peer: Peer) => void | Promise<void>): Promise<void> {
    const { presence, effects } = this.#state;
    const peer = presence.ensure(from, now);
    if (peer !== null) return refusing(effects, peer, () => handle(peer));
    const isOwn = from === toBase64url(this.#state.options.self.id);
    alarm(effects, null, isOwn ? sentBack() : unlisted());
  }

  #showMembers(): void {
    const members = this.members;
    const shown = JSON.stringify(members);
    if (shown === this.#shownMembers) return;
    this.#shownMembers = shown;
    this.#state.effects.emit("members", { members });
  }
}
