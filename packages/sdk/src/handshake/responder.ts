import { BB84Receiver, profileByCode, type Profile, type QuantumChannel } from "../bb84/index.js";
import { decapsulate } from "../crypto/kem.js";
import type { RandomBytes } from "../crypto/random.js";
import { sign, verify } from "../crypto/signature.js";
import { wipe } from "../crypto/wipe.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError, type QsecErrorCode } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import type { Announcement } from "./announce.js";
import {
  CHECK_BYTES,
  checkFrame,
  decodeM1,
  decodeQubits,
  decodeSift,
  decodeTunnelFrame,
  encodeBases,
  encodeCheck,
  encodeTunnelFrame,
  type Qubits,
} from "./messages.js";
import type { Outcome, Self } from "./outcome.js";
import { PairSession } from "./pair-session.js";
import { findKey, type QkdOptions } from "./qkd.js";
import type { RoomContext } from "./room-secret.js";
import { safetyCode, type SafetyCode } from "./safety-code.js";
import {
  checkOf,
  mixKeys,
  nextTh,
  openTunnel,
  sessionChains,
  sidOf,
  signedHelloB,
  th1Of,
  type Tunnel,
} from "./transcript.js";

export interface ResponderOptions {
  readonly room: RoomContext;
  readonly self: Self;
  /** The announce that M1 answers. It is burnt, whatever comes of it. */
  readonly announcement: Announcement;
  /** The simulated fibre and detector of this side, by profile: their noise differs where none was set. */
  readonly channelFor: (profile: Profile) => QuantumChannel;
  /** Whether this side takes a run with this profile. */
  readonly allows: (profile: Profile) => boolean;
  readonly random: RandomBytes;
  /** Where keys of quantum hardware come from; without it a peer that names one is refused. */
  readonly qkd?: QkdOptions | null;
}

/** A run that ends so tells the error rate by the sample: the initiator measures it, and believes no ABORT. */
const DISCLOSED: readonly QsecErrorCode[] = ["QBER", "RECONCILE"];

/**
 * B of the handshake (protocol §5.2–5.4): measures the qubits (M2), estimates the error rate, reconciles and checks
 * (M4). Sans I/O. A frame that does not open changes nothing; a run that fails after a record opened is over and wiped.
 */
export class Responder {
  readonly sid: Uint8Array;
  readonly peer: { readonly id: Uint8Array; readonly name: string };
  readonly hello: Omit<Qubits, "qubits" | "signature">;
  readonly profile: Profile;
  readonly noisePpm: number;
  readonly evePpm: number;
  readonly #receiver: BB84Receiver;
  readonly #tunnel: Tunnel;
  readonly #safetyCode: SafetyCode;
  readonly #th: Uint8Array;
  readonly #qkd: QkdOptions | null;
  #refusal: Uint8Array | null = null;
  #state: "MEASURED" | "KEYED" | "FAILED" = "MEASURED";

  private constructor(fields: {
    sid: Uint8Array;
    peerId: Uint8Array;
    hello: Qubits;
    profile: Profile;
    channel: QuantumChannel;
    receiver: BB84Receiver;
    tunnel: Tunnel;
    safetyCode: SafetyCode;
    th3: Uint8Array;
    qkd: QkdOptions | null;
  }) {
    const { rank, name, profile, qubitCount } = fields.hello;
    this.sid = fields.sid;
    this.peer = { id: fields.peerId, name };
    this.hello = { rank, name, profile, qubitCount };
    this.profile = fields.profile;
    this.noisePpm = partsPerMillion(fields.channel.noise);
    this.evePpm = partsPerMillion(fields.channel.eve);
    this.#receiver = fields.receiver;
    this.#tunnel = fields.tunnel;
    this.#safetyCode = fields.safetyCode;
    this.#th = fields.th3;
    this.#qkd = fields.qkd;
  }

  /**
   * Steps 1 to 4: M1 in, M2 out. The caller has found the announcement by the hash in M1 (else STALE).
   * @throws QsecError `DECODE`, `STALE`, `SELF`, `DECRYPT`, `BAD_SIG`, `NAME`, `PROFILE`
   */
  static async answer(m1: Uint8Array, options: ResponderOptions): Promise<{ responder: Responder; frame: Uint8Array }> {
    const { room, self, announcement, random } = options;
    const nonce = announcement.nonce.slice();
    let tunnel: Tunnel | null = null;
    try {
      checkFrame(m1, KIND.M1);
      const { head, box, announceHash, id, ciphertext } = decodeM1(m1);
      if (!equalBytes(announceHash, announcement.hash))
        throw new QsecError("STALE", "The qubits answer another announce.");
      if (equalBytes(id, self.id)) throw new QsecError("SELF", "The qubits carry this member's own identity.");
      const th1 = th1Of(room, announcement.frame, head);
      tunnel = openTunnel(room, decapsulate(ciphertext, announcement.secretKey), th1);
      const plaintext = await tunnel.chainAB.open(0, th1, box, (opened) => opened);
      const hello = decodeQubits(plaintext);
      wipe(plaintext);
      if (!verify(id, "hello A", th1, hello.signature))
        throw new QsecError("BAD_SIG", "The initiator's signature is wrong.");
      const profile = profileByCode(hello.profile);
      if (profile === undefined || !options.allows(profile)) {
        throw new QsecError("PROFILE", "The peer asks for a BB84 profile that is not taken here.");
      }
      const channel = options.channelFor(profile);
      const receiver = new BB84Receiver({
        profile,
        qubitCount: hello.qubitCount,
        qubits: hello.qubits,
        channel,
        random,
      });
      wipe(hello.qubits);
      const th2 = nextTh("th2", th1, box);
      const sealed = await tunnel.chainBA.seal(
        th2,
        encodeBases({
          nonce,
          signature: sign(self.seed, "hello B", signedHelloB(th2, nonce)),
          name: self.name,
          noisePpm: partsPerMillion(channel.noise),
          evePpm: partsPerMillion(channel.eve),
          bases: receiver.bases,
        }),
      );
      const th3 = nextTh("th3", th2, sealed.box);
      const sid = sidOf(th1);
      const responder = new Responder({
        sid,
        peerId: id,
        hello,
        profile,
        channel,
        receiver,
        tunnel,
        safetyCode: safetyCode(th1, nonce),
        th3,
        qkd: options.qkd ?? null,
      });
      return { responder, frame: encodeTunnelFrame(KIND.M2, sid, sealed.box) };
    } catch (error) {
      if (tunnel !== null) wipeTunnel(tunnel);
      throw error;
    } finally {
      announcement.burn();
    }
  }

  /** The error rate of the sample once it is known, also when it ended the run. */
  get estimate() {
    return this.#receiver.estimate;
  }

  /** How many bases agree, once that is known. */
  get matched(): number | null {
    return this.#receiver.matched;
  }

  /** Whether the run ended, with keys or without. */
  get over(): boolean {
    return this.#state === "KEYED" || this.#state === "FAILED";
  }

  disclosed() {
    return this.#receiver.disclosed();
  }

  /**
   * Steps 5 and 6: M3 in, M4 out.
   * @throws QsecError `STATE`, `SID`, `DECRYPT` (nothing changed); `DECODE`, `SIFT`, `QBER`, `RECONCILE`, `INSUFFICIENT`, `QKD`
   * (the run is over)
   */
  async receiveSift(frame: Uint8Array): Promise<{ frame: Uint8Array; outcome: Outcome }> {
    checkFrame(frame, KIND.M3);
    if (this.#state !== "MEASURED") throw new QsecError("STATE", "A message of the handshake came out of turn.");
    const { sid, box } = decodeTunnelFrame(frame);
    if (!equalBytes(sid, this.sid)) throw new QsecError("SID", "A message belongs to another handshake.");
    const th3 = this.#th;
    const plaintext = await this.#tunnel.chainAB.open(1, th3, box, (opened) => opened);
    const th4 = nextTh("th4", th3, box);
    try {
      return await this.#finish(plaintext, th4);
    } catch (error) {
      this.#state = "FAILED";
      if (error instanceof QsecError && DISCLOSED.includes(error.code)) this.#refusal = await this.#discloseSample(th4);
      wipeTunnel(this.#tunnel);
      throw error;
    }
  }

  async #discloseSample(th4: Uint8Array): Promise<Uint8Array> {
    const sampleBits = this.#receiver.sampleBits!;
    const message = { sampleBits, keepMask: new Uint8Array(0), check: new Uint8Array(CHECK_BYTES) };
    const { box } = await this.#tunnel.chainBA.seal(th4, encodeCheck(message));
    return encodeTunnelFrame(KIND.M4, this.sid, box);
  }

  async #finish(plaintext: Uint8Array, th4: Uint8Array): Promise<{ frame: Uint8Array; outcome: Outcome }> {
    const sift = decodeSift(plaintext, this.hello.qubitCount);
    const { key, sampleBits, keepMask, ...run } = this.#receiver.reconcile(sift);
    const ck1 = mixKeys(this.#tunnel.ck0, th4, key, await findKey(this.#qkd, this.peer, sift.keyId));
    const { box } = await this.#tunnel.chainBA.seal(
      th4,
      encodeCheck({ sampleBits, keepMask, check: checkOf(ck1, th4) }),
    );
    const th5 = nextTh("th5", th4, box);
    const { chainAB, chainBA } = sessionChains(ck1, th5);
    const outcome: Outcome = {
      peer: this.peer,
      session: new PairSession(this.sid, th5, chainBA, chainAB),
      safetyCode: this.#safetyCode,
      profile: this.profile,
      run,
      disclosed: this.#receiver.disclosed(),
      noisePpm: this.noisePpm,
      evePpm: this.evePpm,
      qkd: sift.keyId.length > 0,
    };
    this.#state = "KEYED";
    this.wipe();
    return { frame: encodeTunnelFrame(KIND.M4, this.sid, box), outcome };
  }

  /**
   * After `QBER` or `RECONCILE`: an M4 that discloses the sample and proves nothing else (zero check, empty keep mask), so that the
   * initiator measures the error rate itself instead of believing an unauthenticated ABORT. Else null.
   */
  get refusal(): Uint8Array | null {
    return this.#refusal;
  }

  /** Ends the run and zeroes what it owns. */
  wipe(): void {
    if (this.#state !== "KEYED") this.#state = "FAILED";
    wipeTunnel(this.#tunnel);
    this.#receiver.wipe();
  }
}

function wipeTunnel({ ck0, chainAB, chainBA }: Tunnel): void {
  wipe(ck0);
  chainAB.wipe();
  chainBA.wipe();
}

function partsPerMillion(share: number): number {
  return Math.round(share * 1_000_000);
}
