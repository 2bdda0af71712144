import { PROFILES, simulatedChannel, type Profile, type ProfileName } from "../bb84/index.js";
import type { RandomBytes } from "../crypto/random.js";
import { ABORT_CODE, abortCodeOf, abortSentence, decodeAbort, decodeWant, encodeAbort, encodeWant, type AbortCode } from "../handshake/abort.js";
import { announceHash, Announcement } from "../handshake/announce.js";
import { Initiator } from "../handshake/initiator.js";
import { decodeM1, type Rank } from "../handshake/messages.js";
import type { Outcome, Self } from "../handshake/outcome.js";
import { Responder } from "../handshake/responder.js";
import type { RoomContext } from "../handshake/room-secret.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError, type QsecErrorCode } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import { bb84Step, finalSteps, refusedStep, type RunHead } from "./bb84-steps.js";
import type { Effects } from "./effects.js";
import type { Exchange } from "./exchange.js";
import { dropPairing, peerName, type Peer } from "./peer.js";
import { AttemptLimits, planRetry } from "./retry-policy.js";
import { ANNOUNCE_LIFETIME, STEP_TIMEOUT } from "./timing.js";

export interface ExchangeOptions {
  readonly profile: ProfileName;
  /** Qubits of the first run, or null for the profile's default. */
  readonly qubits: number | null;
  /** Null: the profile's default. */
  readonly noise: number | null;
  readonly eve: number;
}

/** What the exchanges need of the room around them. */
export interface ExchangeHost {
  readonly room: RoomContext;
  readonly self: Self;
  readonly random: RandomBytes;
  readonly effects: Effects;
  readonly options: ExchangeOptions;
  rank(): Rank;
  peers(): Iterable<Peer>;
  /** Whether the leader behind this M1 outranks the room that this side leads itself; false answers OUTRANKED. */
  yieldsTo(peer: Peer, rank: Rank): boolean;
  keyed(peer: Peer, outcome: Outcome, direction: "initiator" | "responder", now: number): void;
}

/** Errors that mean somebody changed bytes on the way, not that the channel is noisy. */
const TAMPERED: readonly QsecErrorCode[] = ["DECRYPT", "BAD_SIG", "BAD_COMMIT"];

/** The pairwise handshakes of this member: one at most with each peer. */
export class Exchanges {
  readonly #host: ExchangeHost;
  #announcement: Announcement | null = null;
  #announcedAt = 0;
  readonly #limits = new AttemptLimits();

  constructor(host: ExchangeHost) {
    this.#host = host;
  }

  /** Offers a fresh one-time key to the room. */
  announce(now: number): void {
    this.#announcement?.burn();
    this.#announcement = new Announcement(this.#host.room, this.#host.self.id, this.#host.random);
    this.#announcedAt = now;
    this.#host.effects.send({ event: "announce_pubkey", header: {}, frame: this.#announcement.frame });
  }

  /** Asks a peer for a fresh announce. */
  want(peer: Peer, now: number): void {
    peer.askedAt = now;
    this.#host.effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: encodeWant(this.#host.self.id) });
  }

  /** Steps 1 and 2 with a peer whose announce is at hand. */
  async start(peer: Peer, now: number): Promise<void> {
    const { room, self, random, options, effects } = this.#host;
    const announce = peer.announce!;
    const profile = PROFILES[peer.fallback ? "golay" : options.profile];
    const qubitCount = peer.qubitCount ?? (peer.fallback ? null : options.qubits) ?? profile.defaultQubits;
    peer.announce = null;
    peer.retryAt = null;
    peer.surfacedAt = null;
    try {
      const { initiator, frame } = await Initiator.start({ room, self, announce, rank: this.#host.rank(), profile, qubitCount, random });
      if (!equalBytes(initiator.peerId, peer.bytes)) throw new QsecError("SENDER", "An announce came under another member's name.");
      const exchange: Exchange = { direction: "initiator", machine: initiator, attempt: ++peer.runs, qubitCount, deadline: now + STEP_TIMEOUT };
      peer.exchange = exchange;
      const head = this.#head(peer, exchange, profile.name);
      effects.emit("bb84:step", bb84Step(head, 1));
      effects.send({ event: "bb84_relay", header: { to: peer.id }, frame });
      effects.emit("bb84:step", bb84Step(head, 2));
    } catch (error) {
      this.#refuse(peer, announceHash(announce).slice(0, 8), error, "initiator", now);
    }
  }

  /** A frame of `bb84_signal`. Never throws for what a peer sent. */
  async receive(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    switch (frame[1]) {
      case KIND.M1: return this.#receiveM1(peer, frame, now);
      case KIND.M2: return this.#advance(peer, "initiator", now, (exchange) => this.#receiveM2(peer, exchange, frame, now));
      case KIND.M3: return this.#advance(peer, "responder", now, (exchange) => this.#receiveM3(peer, exchange, frame, now));
      case KIND.M4: return this.#advance(peer, "initiator", now, (exchange) => this.#receiveM4(peer, exchange, frame, now));
      case KIND.WANT: return this.#parsed(peer, () => this.#receiveWant(peer, frame, now));
      case KIND.ABORT: return this.#parsed(peer, () => this.#receiveAbort(peer, frame, now));
      default: this.#alarm(peer, new QsecError("KIND", "A handshake frame is of an unknown kind."));
    }
  }

  /** Ends what waited too long, and replaces an announce that nobody used. */
  tick(now: number): void {
    for (const peer of this.#host.peers()) {
      if (peer.exchange !== null && now >= peer.exchange.deadline) this.#fail(peer, new QsecError("TIMEOUT", abortSentence("TIMEOUT")), true, now);
    }
    if (this.#announcement !== null && now >= this.#announcedAt + ANNOUNCE_LIFETIME) this.announce(now);
  }

  nextWake(): number | null {
    const times = this.#announcement === null ? [] : [this.#announcedAt + ANNOUNCE_LIFETIME];
    for (const { exchange } of this.#host.peers()) if (exchange !== null) times.push(exchange.deadline);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Drops a handshake in progress without telling anyone (the peer is gone, or another run supersedes it). */
  drop(peer: Peer): void {
    peer.exchange?.machine.wipe();
    peer.exchange = null;
  }

  wipe(): void {
    for (const peer of this.#host.peers()) this.drop(peer);
    this.#announcement?.burn();
    this.#announcement = null;
  }

  /** Tells a peer by ABORT, with the reference of its session or of its announce. */
  abort(peer: Peer, reference: Uint8Array, code: AbortCode): void {
    this.#host.effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: encodeAbort(reference, code) });
  }

  async #receiveM1(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    if (peer.blocked || !this.#limits.mayAnswer(peer, this.#host.peers(), now)) return;
    let reference: Uint8Array = new Uint8Array(8);
    try {
      const { announceHash: named, id } = decodeM1(frame);
      reference = named.slice(0, 8);
      const announcement = this.#announcement;
      if (announcement === null || !equalBytes(named, announcement.hash)) throw new QsecError("STALE", abortSentence("STALE"));
      if (!equalBytes(id, peer.bytes)) throw new QsecError("SENDER", "A handshake came under another member's name.");
      this.#announcement = null; // burnt: one announce serves one handshake, whatever comes of it
      const { room, self, random } = this.#host;
      const { responder, frame: m2 } = await Responder.answer(frame, {
        room, self, announcement, random, channelFor: this.#channelFor, allows: this.#allows,
      });
      if (!this.#host.yieldsTo(peer, responder.hello.rank)) {
        responder.wipe();
        throw new QsecError("OUTRANKED", abortSentence("OUTRANKED"));
      }
      this.drop(peer);
      this.#answer(peer, responder, m2, now);
    } catch (error) {
      if (error instanceof QsecError && (error.code === "STALE" || error.code === "OUTRANKED")) this.abort(peer, reference, error.code);
      else this.#refuse(peer, reference, error, "responder", now);
      if (this.#announcement === null) this.announce(now);
    }
  }

  #answer(peer: Peer, responder: Responder, m2: Uint8Array, now: number): void {
    const { qubitCount } = responder.hello;
    const exchange: Exchange = { direction: "responder", machine: responder, attempt: ++peer.runs, qubitCount, deadline: now + STEP_TIMEOUT };
    peer.exchange = exchange;
    peer.surfacedAt = null;
    const head = { ...this.#head(peer, exchange, responder.profile.name), peer: { id: peer.id, name: responder.peer.name } };
    const { effects } = this.#host;
    effects.emit("bb84:step", bb84Step(head, 1));
    effects.emit("bb84:step", bb84Step(head, 2));
    effects.emit("bb84:step", bb84Step(head, 3, { channel: responder }));
    effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: m2 });
    effects.emit("bb84:step", bb84Step(head, 4, { channel: responder }));
  }

  async #receiveM2(peer: Peer, exchange: Exchange, frame: Uint8Array, now: number): Promise<void> {
    const initiator = exchange.machine as Initiator;
    const { frame: m3, matched } = await initiator.receiveBases(frame);
    exchange.deadline = now + STEP_TIMEOUT;
    const { effects } = this.#host;
    const head = this.#head(peer, exchange, this.#profileOf(peer));
    const channel = initiator.channel!;
    effects.emit("bb84:step", bb84Step(head, 3, { channel }));
    effects.emit("bb84:step", bb84Step(head, 4, { channel, counts: { matched } }));
    effects.report({ event: "bb84_meta", header: { to: peer.id, matched } });
    effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: m3 });
  }

  async #receiveM3(peer: Peer, exchange: Exchange, frame: Uint8Array, now: number): Promise<void> {
    const responder = exchange.machine as Responder;
    const { frame: m4, outcome } = await responder.receiveSift(frame);
    this.#host.effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: m4 });
    this.#keyed(peer, exchange, outcome, now);
    this.announce(now);
  }

  async #receiveM4(peer: Peer, exchange: Exchange, frame: Uint8Array, now: number): Promise<void> {
    const outcome = await (exchange.machine as Initiator).receiveCheck(frame);
    const { effects } = this.#host;
    this.#keyed(peer, exchange, outcome, now);
    effects.report({ event: "bb84_session", header: { to: peer.id, code: 0, qber_ppm: Math.round(outcome.run.qber * 1e6) } });
  }

  #keyed(peer: Peer, exchange: Exchange, outcome: Outcome, now: number): void {
    const { direction } = exchange;
    const head = { ...this.#head(peer, exchange, outcome.profile.name), peer: { id: peer.id, name: outcome.peer.name } };
    peer.exchange = null;
    peer.failures = 0;
    peer.retryAt = null;
    peer.qubitCount = null;
    const { effects } = this.#host;
    for (const step of finalSteps(head, outcome)) effects.emit("bb84:step", step);
    const { qber, secret } = outcome.run;
    effects.emit("bb84:keyed", { peer: head.peer, direction, fingerprint: outcome.session.fingerprint, qber, secret, eve: outcome.evePpm / 1e6 });
    this.#host.keyed(peer, outcome, direction, now);
  }

  /** Runs a step of the exchange in that direction; an error before a record opened leaves the exchange as it is. */
  async #advance(peer: Peer, direction: Exchange["direction"], now: number, step: (exchange: Exchange) => Promise<void>): Promise<void> {
    const exchange = peer.exchange;
    if (exchange === null || exchange.direction !== direction) {
      this.#alarm(peer, new QsecError("STATE", "A message of the handshake came out of turn."));
      return;
    }
    try {
      await step(exchange);
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      if (["STATE", "SID", "DECRYPT", "KIND", "VERSION"].includes(error.code) || isTruncated(error, exchange)) this.#alarm(peer, error);
      else this.#fail(peer, error, true, now);
    }
  }

  #receiveWant(peer: Peer, frame: Uint8Array, now: number): void {
    const { id } = decodeWant(frame);
    if (!equalBytes(id, peer.bytes)) throw new QsecError("SENDER", "A request came under another member's name.");
    if (this.#announcement === null) {
      if (peer.exchange === null) this.announce(now);
      return;
    }
    this.#host.effects.send({ event: "announce_pubkey", header: { to: peer.id }, frame: this.#announcement.frame });
  }

  #receiveAbort(peer: Peer, frame: Uint8Array, now: number): void {
    const { reference, code } = decodeAbort(frame);
    const error = new QsecError(code, abortSentence(code));
    const { exchange, pairing } = peer;
    if (exchange !== null && refersTo(reference, exchange)) {
      this.#fail(peer, error, false, now);
    } else if (pairing !== null && !pairing.active && equalBytes(pairing.session.sid, reference)) {
      this.#endPairing(peer, error, now);
    } else if (this.#announcement !== null && equalBytes(this.#announcement.hash.slice(0, 8), reference)) {
      this.#report(peer, error, "responder", peer.runs + 1, {}, false, false);
    }
    // Anything else names nothing that is in progress: an unauthenticated hint about it has no effect.
  }

  /** A pairing that no share went through yet: the peer found that the keys differ, or its person said no. */
  #endPairing(peer: Peer, error: QsecError, now: number): void {
    const { direction, gate } = peer.pairing!;
    const name = peerName(peer);
    dropPairing(peer);
    if (gate === "waiting") this.#host.effects.emit("verify:done", { peer: { id: peer.id, name }, confirmed: false });
    const willRetry = planRetry(peer, error.code, direction, this.#host.options.qubits, now);
    this.#report(peer, error, direction, peer.runs, {}, willRetry, false);
  }

  #fail(peer: Peer, error: QsecError, local: boolean, now: number): void {
    const exchange = peer.exchange!;
    const { machine, direction, attempt } = exchange;
    const estimate = machine.estimate ?? undefined;
    const channel = direction === "initiator" ? machine.channel : machine;
    const { effects } = this.#host;
    if (error.code === "QBER" && estimate !== undefined && channel !== null) {
      const profile = direction === "initiator" ? this.#profileOf(peer) : machine.profile.name;
      effects.emit("bb84:step", refusedStep(this.#head(peer, exchange, profile), estimate, channel, machine.disclosed()));
      if (direction === "responder" && machine.refusal !== null) {
        effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: machine.refusal });
      }
    }
    if (local) {
      const code = abortCodeOf(error);
      this.abort(peer, machine.sid, code);
      const qber_ppm = Math.round((estimate?.qber ?? 0) * 1e6);
      effects.report({ event: "bb84_session", header: { to: peer.id, code: ABORT_CODE[code], qber_ppm } });
    }
    this.drop(peer);
    const willRetry = planRetry(peer, error.code, direction, this.#host.options.qubits, now);
    this.#report(peer, error, direction, attempt, { qber: estimate?.qber, eve: channel === null ? undefined : channel.evePpm / 1e6 }, willRetry, local);
    if (local && TAMPERED.includes(error.code)) this.#alarm(peer, error);
    // After QBER the next offer waits for a person: an announce is what asks the leader for another run.
    if (direction === "responder" && error.code !== "QBER") this.announce(now);
  }

  /** A handshake that ended before there was an exchange. */
  #refuse(peer: Peer, reference: Uint8Array, error: unknown, direction: Exchange["direction"], now: number): void {
    if (!(error instanceof QsecError)) throw error;
    this.abort(peer, reference, abortCodeOf(error));
    this.#alarm(peer, error);
    const willRetry = planRetry(peer, error.code, direction, this.#host.options.qubits, now);
    this.#report(peer, error, direction, ++peer.runs, {}, willRetry, true);
  }

  #report(
    peer: Peer, error: QsecError, direction: Exchange["direction"], attempt: number,
    { qber, eve }: { qber?: number | undefined; eve?: number | undefined }, willRetry: boolean, local: boolean,
  ): void {
    this.#host.effects.emit("bb84:aborted", {
      peer: { id: peer.id, name: peerName(peer) }, direction, code: error.code, message: error.message, attempt, willRetry, local,
      ...(qber === undefined ? {} : { qber }),
      ...(eve === undefined ? {} : { eve }),
    });
  }

  #alarm(peer: Peer, error: QsecError): void {
    this.#host.effects.emit("security", { code: error.code, message: error.message, peer: { id: peer.id, name: peerName(peer) } });
  }

  #parsed(peer: Peer, handle: () => void): void {
    try {
      handle();
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      this.#alarm(peer, error);
    }
  }

  readonly #channelFor = (profile: Profile) => {
    const { noise, eve } = this.#host.options;
    return simulatedChannel({ noise: noise ?? profile.defaultNoise, eve });
  };

  readonly #allows = (profile: Profile) => profile.name === "golay" || profile.name === this.#host.options.profile;

  #profileOf(peer: Peer): ProfileName {
    return peer.fallback ? "golay" : this.#host.options.profile;
  }

  #head(peer: Peer, { direction, attempt, qubitCount }: Exchange, profile: ProfileName): RunHead {
    return { peer: { id: peer.id, name: peerName(peer) }, direction, attempt, profile, qubitCount };
  }
}

function refersTo(reference: Uint8Array, exchange: Exchange): boolean {
  if (equalBytes(reference, exchange.machine.sid)) return true;
  return exchange.direction === "initiator" && equalBytes(reference, exchange.machine.announceReference);
}

/** A frame too short to have a box is refused before anything was opened. */
function isTruncated(error: QsecError, exchange: Exchange): boolean {
  return error.code === "DECODE" && !exchange.machine.over;
}
