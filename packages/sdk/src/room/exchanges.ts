import { PROFILES } from "../bb84/index.js";
import { abortSentence, decodeAbort, decodeWant, type AbortCode } from "../handshake/abort.js";
import { announceHash, decodeAnnounce } from "../handshake/announce.js";
import { Initiator } from "../handshake/initiator.js";
import { decodeM1, type Rank } from "../handshake/messages.js";
import type { Outcome } from "../handshake/outcome.js";
import { Responder } from "../handshake/responder.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND, MODE } from "../wire/kinds.js";
import { alarm } from "./alarm.js";
import { bb84Step, finalSteps, runHead } from "./bb84-steps.js";
import type { Exchange } from "./exchange.js";
import type { ExchangeEnds } from "./exchange-ends.js";
import { allows, channelFor, runFor, type ExchangeHost } from "./exchange-host.js";
import type { OwnAnnounce } from "./own-announce.js";
import type { Pairing, Peer } from "./peer.js";
import { AttemptLimits } from "./retry-policy.js";
import { RETRY_AFTER, STEP_TIMEOUT } from "./timing.js";

/** The pairwise handshakes of this member: one at most with each peer. */
export class Exchanges {
  readonly #host: ExchangeHost;
  readonly #announce: OwnAnnounce;
  readonly #ends: ExchangeEnds;
  readonly #limits = new AttemptLimits();
  readonly #calls = new AttemptLimits();

  constructor(host: ExchangeHost, announce: OwnAnnounce, ends: ExchangeEnds) {
    this.#host = host;
    this.#announce = announce;
    this.#ends = ends;
  }

  /** Steps 1 and 2 with a peer whose announce is at hand. */
  async start(peer: Peer, role: Rank["role"], now: number): Promise<void> {
    const { room, self, random, options, effects } = this.#host;
    if (this.#host.room.mode !== MODE.link && !this.#calls.mayCall(now)) {
      peer.retryAt = now + RETRY_AFTER[0];
      return;
    }
    const announce = peer.announce!;
    const { profile: name, qubits: qubitCount } = runFor(options, peer);
    peer.announce = null;
    peer.retryAt = null;
    peer.surfacedAt = null;
    try {
      if (!equalBytes(decodeAnnounce(announce).id, peer.bytes)) {
        throw new QsecError("SENDER", "An announce came under another member's name.");
      }
      const { initiator, frame } = await Initiator.start({
        room,
        self,
        announce,
        rank: { ...this.#host.outcomes.rank(), role },
        profile: PROFILES[name],
        qubitCount,
        random,
        qkd: options.qkd,
        measuredQber: peer.measuredQber,
      });
      const exchange: Exchange = {
        direction: "initiator",
        machine: initiator,
        role,
        attempt: ++peer.runs,
        qubitCount,
        deadline: now + STEP_TIMEOUT,
      };
      peer.exchange = exchange;
      const head = runHead(peer, exchange, name);
      effects.emit("bb84:step", bb84Step(head, 1));
      effects.send({ event: "bb84_relay", header: { to: peer.id }, frame });
      effects.emit("bb84:step", bb84Step(head, 2));
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      this.#ends.refuse(peer, announceHash(announce).slice(0, 8), error, "initiator", now);
    }
  }

  /** A frame of `bb84_signal`. Never throws for what a peer sent. */
  async receive(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    switch (frame[1]) {
      case KIND.M1:
        return this.#receiveM1(peer, frame, now);
      case KIND.M2:
        return this.#advance(peer, "initiator", now, (exchange) => this.#receiveM2(peer, exchange, frame, now));
      case KIND.M3:
        return this.#advance(peer, "responder", now, (exchange) => this.#receiveM3(peer, exchange, frame, now));
      case KIND.M4:
        return this.#advance(peer, "initiator", now, (exchange) => this.#receiveM4(peer, exchange, frame, now));
      case KIND.WANT:
        return this.#parsed(peer, () => this.#receiveWant(peer, frame, now));
      case KIND.ABORT:
        return this.#parsed(peer, () => this.#receiveAbort(peer, frame, now));
      default:
        alarm(this.#host.effects, peer, new QsecError("KIND", "A handshake frame is of an unknown kind."));
    }
  }

  /** Ends what waited too long, and replaces an announce that nobody used. */
  tick(now: number): void {
    for (const peer of this.#host.peers()) {
      if (peer.exchange !== null && now >= peer.exchange.deadline)
        this.#ends.fail(peer, new QsecError("TIMEOUT", abortSentence("TIMEOUT")), true, now);
    }
    this.#announce.tick(now);
  }

  nextWake(): number | null {
    const times = [this.#announce.nextWake()];
    for (const { exchange } of this.#host.peers()) if (exchange !== null) times.push(exchange.deadline);
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  /** Drops a handshake in progress without telling anyone (the peer is gone, or another run supersedes it). */
  drop(peer: Peer): void {
    peer.exchange?.machine.wipe();
    peer.exchange = null;
  }

  wipe(): void {
    for (const peer of this.#host.peers()) this.drop(peer);
    this.#announce.wipe();
  }

  async #receiveM1(peer: Peer, frame: Uint8Array, now: number): Promise<void> {
    if (peer.blocked) return;
    let reference: Uint8Array = new Uint8Array(8);
    try {
      const { announceHash: named, id } = decodeM1(frame);
      reference = named.slice(0, 8);
      // Said in words, not passed over: an honest peer that calls too soon tries again, instead of waiting for an answer.
      if (!this.#limits.mayAnswer(peer, this.#host.peers(), now)) throw new QsecError("STALE", abortSentence("STALE"));
      if (!equalBytes(id, peer.bytes)) throw new QsecError("SENDER", "A handshake came under another member's name.");
      const announcement = this.#announce.take(named);
      if (announcement === null) throw new QsecError("STALE", abortSentence("STALE"));
      const { room, self, random, options } = this.#host;
      const { responder, frame: m2 } = await Responder.answer(frame, {
        room,
        self,
        announcement,
        random,
        channelFor: (profile) => channelFor(options, profile),
        allows: (profile) => allows(options, profile),
        qkd: options.qkd,
      });
      const refusal = this.#host.outcomes.refusal(peer, responder.hello.rank);
      if (refusal !== null) {
        responder.wipe();
        throw new QsecError(refusal, abortSentence(refusal));
      }
      this.drop(peer);
      this.#answer(peer, responder, m2, now);
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      // These two happen among honest members and need no alarm.
      if (error.code === "STALE" || error.code === "OUTRANKED") this.#ends.abort(peer, reference, error.code);
      else this.#ends.refuse(peer, reference, error, "responder", now);
      if (!this.#announce.isOffered) this.#announce.offer(now);
    }
  }

  #answer(peer: Peer, responder: Responder, m2: Uint8Array, now: number): void {
    const { qubitCount } = responder.hello;
    const exchange: Exchange = {
      direction: "responder",
      machine: responder,
      role: responder.hello.rank.role,
      attempt: ++peer.runs,
      qubitCount,
      deadline: now + STEP_TIMEOUT,
    };
    peer.exchange = exchange;
    peer.surfacedAt = null;
    const head = {
      ...runHead(peer, exchange, responder.profile.name),
      peer: { id: peer.id, name: responder.peer.name },
    };
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
    if (initiator.qkdProblem !== null) alarm(effects, peer, initiator.qkdProblem);
    const head = runHead(peer, exchange, runFor(this.#host.options, peer).profile);
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
    this.#announce.offer(now);
  }

  async #receiveM4(peer: Peer, exchange: Exchange, frame: Uint8Array, now: number): Promise<void> {
    const outcome = await (exchange.machine as Initiator).receiveCheck(frame);
    const { effects } = this.#host;
    this.#keyed(peer, exchange, outcome, now);
    effects.report({
      event: "bb84_session",
      header: { to: peer.id, code: 0, qber_ppm: Math.round(outcome.run.qber * 1e6) },
    });
  }

  #keyed(peer: Peer, exchange: Exchange, outcome: Outcome, now: number): void {
    const { direction } = exchange;
    const head = {
      ...runHead(peer, exchange, outcome.profile.name),
      peer: { id: peer.id, name: outcome.peer.name },
    };
    peer.exchange = null;
    // A leader has not reached whom it called before that one has taken the room key: until then it may follow another.
    if (exchange.role === 0 || direction === "responder") peer.failures = 0;
    peer.retryAt = null;
    peer.nextRun = null;
    peer.measuredQber = 0;
    const { effects } = this.#host;
    for (const step of finalSteps(head, outcome)) effects.emit("bb84:step", step);
    const { qber, secret } = outcome.run;
    effects.emit("bb84:keyed", {
      peer: head.peer,
      direction,
      fingerprint: outcome.session.fingerprint,
      qber,
      secret,
      eve: outcome.evePpm / 1e6,
      qkd: outcome.qkd,
    });
    this.#host.outcomes.keyed(peer, { outcome, direction, role: exchange.role }, now);
  }

  /** Runs a step of the exchange in that direction; an error before a record opened leaves the exchange as it is. */
  async #advance(
    peer: Peer,
    direction: Exchange["direction"],
    now: number,
    step: (exchange: Exchange) => Promise<void>,
  ): Promise<void> {
    const exchange = peer.exchange;
    if (exchange === null || exchange.direction !== direction) {
      alarm(this.#host.effects, peer, new QsecError("STATE", "A message of the handshake came out of turn."));
      return;
    }
    // Since it began a person may have refused this peer, or the room may have removed it.
    if (peer.blocked || (exchange.role === 0 && !this.#host.isMember(peer))) {
      peer.verifying = false;
      this.#ends.fail(peer, new QsecError("NOT_MEMBER", abortSentence("NOT_MEMBER")), true, now);
      return;
    }
    try {
      await step(exchange);
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      if (["STATE", "SID", "DECRYPT", "KIND", "VERSION"].includes(error.code) || isTruncated(error, exchange))
        alarm(this.#host.effects, peer, error);
      else this.#ends.fail(peer, error, true, now);
    }
  }

  #receiveWant(peer: Peer, frame: Uint8Array, now: number): void {
    const { id } = decodeWant(frame);
    if (!equalBytes(id, peer.bytes)) throw new QsecError("SENDER", "A request came under another member's name.");
    if (this.#announce.isOffered) this.#announce.offerTo(peer.id);
    else if (peer.exchange === null) this.#announce.offer(now);
  }

  #receiveAbort(peer: Peer, frame: Uint8Array, now: number): void {
    const { reference, code } = decodeAbort(frame);
    const error = new QsecError(code, abortSentence(code));
    const { exchange, pairing } = peer;
    // An exchange that was refused for good is not tried again for the emoji's sake.
    if (code === "NOT_MEMBER") peer.verifying = false;
    if (exchange !== null && refersTo(reference, exchange)) {
      this.#ends.fail(peer, error, false, now);
    } else if (pairing !== null && equalBytes(pairing.session.sid, reference) && mayEnd(pairing, code)) {
      this.#ends.unpair(peer, error, now);
    } else if (this.#announce.isNamedBy(reference)) {
      this.#ends.declined(peer, error, now);
    }
    // Anything else names nothing that is in progress: an unauthenticated hint about it has no effect.
  }

  #parsed(peer: Peer, handle: () => void): void {
    try {
      handle();
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      alarm(this.#host.effects, peer, error);
    }
  }
}

function refersTo(reference: Uint8Array, exchange: Exchange): boolean {
  if (equalBytes(reference, exchange.machine.sid)) return true;
  return exchange.direction === "initiator" && equalBytes(reference, exchange.machine.announceReference);
}

/** Whether an ABORT can end a session: no room key went through it, and for REJECTED there was a person to say no. */
function mayEnd({ active, gate, comparing, direction }: Pairing, code: AbortCode): boolean {
  if (active) return false;
  return code !== "REJECTED" || direction === "responder" || gate !== "none" || comparing;
}

/** A frame too short to have a box is refused before anything was opened. */
function isTruncated(error: QsecError, exchange: Exchange): boolean {
  return error.code === "DECODE" && !exchange.machine.over;
}
