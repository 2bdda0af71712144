import { expectedQber } from "../bb84/index.js";
import { ABORT_CODE, abortCodeOf, encodeAbort, type AbortCode } from "../handshake/abort.js";
import type { QsecError, QsecErrorCode } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import { refusedStep, runHead } from "./bb84-steps.js";
import type { Exchange } from "./exchange.js";
import { runFor, type ExchangeHost } from "./exchange-host.js";
import type { OwnAnnounce } from "./own-announce.js";
import { dropPairing, peerName, type Peer } from "./peer.js";
import { planRetry } from "./retry-policy.js";

/** Errors that mean somebody changed bytes on the way, not that the channel is noisy. */
const TAMPERED: readonly QsecErrorCode[] = ["DECRYPT", "BAD_SIG", "BAD_COMMIT"];

interface End {
  readonly error: QsecError;
  readonly direction: Exchange["direction"];
  readonly attempt: number;
  /** Whether this side ended it, and not an ABORT of the peer. */
  readonly local: boolean;
  /** 0 … 1, where it was measured */
  readonly qber?: number | undefined;
  /** 0 … 1, where the receiver has declared its channel */
  readonly declared?: number | undefined;
  readonly eve?: number | undefined;
}

/** How handshakes end without a key: who is told what, and whether another run follows. */
export class ExchangeEnds {
  readonly #host: ExchangeHost;
  readonly #announce: OwnAnnounce;

  constructor(host: ExchangeHost, announce: OwnAnnounce) {
    this.#host = host;
    this.#announce = announce;
  }

  /** Tells a peer by ABORT, with the reference of its session or of its announce. */
  abort(peer: Peer, reference: Uint8Array, code: AbortCode): void {
    this.#host.effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: encodeAbort(reference, code) });
  }

  /** A handshake in progress failed. */
  fail(peer: Peer, error: QsecError, local: boolean, now: number): void {
    const exchange = peer.exchange!;
    const { machine, direction, attempt } = exchange;
    const channel = direction === "initiator" ? machine.channel : machine;
    const qber = machine.estimate?.qber;
    if (error.code === "QBER") this.#showErrorRate(peer, exchange);
    if (direction === "responder" && machine.refusal !== null) {
      this.#host.effects.send({ event: "bb84_relay", header: { to: peer.id }, frame: machine.refusal });
    }
    if (direction === "initiator" && error.code === "RECONCILE" && qber !== undefined) peer.measuredQber = qber;
    if (local) {
      const code = abortCodeOf(error);
      this.abort(peer, machine.sid, code);
      const qber_ppm = Math.round((qber ?? 0) * 1e6);
      this.#host.effects.report({ event: "bb84_session", header: { to: peer.id, code: ABORT_CODE[code], qber_ppm } });
    }
    machine.wipe();
    peer.exchange = null;
    const eve = channel === null ? undefined : channel.evePpm / 1e6;
    const declared =
      channel === null ? undefined : expectedQber({ noise: channel.noisePpm / 1e6, eve: channel.evePpm / 1e6 });
    this.#end(peer, { error, direction, attempt, local, qber, declared, eve }, now);
    if (local && TAMPERED.includes(error.code)) alarm(this.#host.effects, peer, error);
    // After QBER the next offer waits for a person: an announce is what asks the leader for another run.
    if (direction === "responder" && error.code !== "QBER") this.#announce.offer(now);
  }

  /** A handshake ended before there was an exchange. */
  refuse(peer: Peer, reference: Uint8Array, error: QsecError, direction: Exchange["direction"], now: number): void {
    this.abort(peer, reference, abortCodeOf(error));
    alarm(this.#host.effects, peer, error);
    this.#end(peer, { error, direction, attempt: ++peer.runs, local: true }, now);
  }

  /** The peer does not take this member's offer. */
  declined(peer: Peer, error: QsecError, now: number): void {
    this.#end(peer, { error, direction: "responder", attempt: ++peer.runs, local: false }, now);
  }

  /** A pairing ended that no share went through yet: the peer found that the keys differ, or its person said no. */
  unpair(peer: Peer, error: QsecError, now: number): void {
    const { direction, gate } = peer.pairing!;
    const name = peerName(peer);
    const { former } = peer;
    peer.former = null;
    dropPairing(peer);
    this.#host.outcomes.unpaired(peer);
    peer.pairing = former; // what was there before the failed handshake still holds
    // Nobody signed the ABORT: whether this side wants to meet the peer again is for its own person to say.
    if (error.code === "REJECTED") alarm(this.#host.effects, peer, error);
    if (gate === "waiting") this.#host.effects.emit("verify:done", { peer: { id: peer.id, name }, confirmed: false });
    this.#end(peer, { error, direction, attempt: peer.runs, local: false }, now);
  }

  #showErrorRate(peer: Peer, exchange: Exchange): void {
    const { machine, direction } = exchange;
    const channel = direction === "initiator" ? machine.channel : machine;
    const { effects, options } = this.#host;
    if (machine.estimate === null || channel === null) return;
    const profile = direction === "initiator" ? runFor(options, peer).profile : machine.profile.name;
    effects.emit(
      "bb84:step",
      refusedStep(
        runHead(peer, exchange, profile),
        { matched: machine.matched, ...machine.estimate },
        channel,
        machine.disclosed(),
      ),
    );
  }

  #end(peer: Peer, { error, direction, attempt, local, qber, declared, eve }: End, now: number): void {
    const { options } = this.#host;
    const expected = qber ?? declared;
    const willRetry = planRetry(peer, { code: error.code, direction, run: runFor(options, peer), qber: expected }, now);
    this.#host.effects.emit("bb84:aborted", {
      peer: { id: peer.id, name: peerName(peer) },
      direction,
      code: error.code,
      message: error.message,
      attempt,
      willRetry,
      local,
      ...(qber === undefined ? {} : { qber }),
      ...(eve === undefined ? {} : { eve }),
    });
  }
}
