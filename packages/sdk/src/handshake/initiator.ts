import { BB84Sender, expectedQber, type Profile, type RunResult } from "../bb84/index.js";
import { encapsulate, KEM_RANDOM_BYTES } from "../crypto/kem.js";
import type { RandomBytes } from "../crypto/random.js";
import { sign, verify } from "../crypto/signature.js";
import { wipe } from "../crypto/wipe.js";
import { concat, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import { announceHash, decodeAnnounce, sasCommitment, type Announce } from "./announce.js";
import {
  checkFrame,
  decodeBases,
  decodeCheck,
  decodeTunnelFrame,
  encodeM1Head,
  encodeQubits,
  encodeSift,
  encodeTunnelFrame,
  type Bases,
  type Rank,
} from "./messages.js";
import type { Outcome, Self } from "./outcome.js";
import { PairSession } from "./pair-session.js";
import { takeFreshKey, type MixedKey, type QkdOptions } from "./qkd.js";
import type { RoomContext } from "./room-secret.js";
import { safetyCode } from "./safety-code.js";
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

export interface InitiatorOptions {
  readonly room: RoomContext;
  readonly self: Self;
  /** The peer's one-time announce, as it came. */
  readonly announce: Uint8Array;
  readonly rank: Rank;
  readonly profile: Profile;
  readonly qubitCount: number;
  readonly random: RandomBytes;
  /** Where keys of quantum hardware come from; without it none is mixed in. */
  readonly qkd?: QkdOptions | null;
  /** The error rate that an earlier run with this peer has measured, 0 … 1, where it may be more than the peer declares. */
  readonly measuredQber?: number;
}

/**
 * A of the handshake (protocol §5.2–5.4): sends the qubits (M1), sifts (M3), checks (M4). Sans I/O: frames in, frames
 * out. A frame that does not open changes nothing; a run that fails after a record opened is over and wiped.
 */
export class Initiator {
  readonly sid: Uint8Array;
  readonly peerId: Uint8Array;
  readonly announceReference: Uint8Array;
  readonly #options: InitiatorOptions;
  readonly #announce: Announce;
  readonly #sender: BB84Sender;
  readonly #tunnel: Tunnel;
  readonly #th1: Uint8Array;
  #th: Uint8Array;
  #bases: Bases | null = null;
  #qkd: MixedKey | null = null;
  #state: "SENT_QUBITS" | "SENT_SIFT" | "KEYED" | "FAILED" = "SENT_QUBITS";

  private constructor(
    options: InitiatorOptions,
    announce: Announce,
    sender: BB84Sender,
    tunnel: Tunnel,
    th1: Uint8Array,
  ) {
    this.#options = options;
    this.#announce = announce;
    this.#sender = sender;
    this.#tunnel = tunnel;
    this.#th1 = th1;
    this.#th = th1;
    this.sid = sidOf(th1);
    this.peerId = announce.id;
    this.announceReference = announceHash(announce.frame).slice(0, 8);
  }

  /**
   * Steps 1 and 2. Returns the initiator and M1.
   * @throws QsecError `DECODE`, `VERSION`, `MODE`, `SELF`, or `DECRYPT` for a public key that is not one
   */
  static async start(options: InitiatorOptions): Promise<{ initiator: Initiator; frame: Uint8Array }> {
    const { room, self, rank, profile, qubitCount, random } = options;
    const announce = decodeAnnounce(options.announce);
    if (announce.mode !== room.mode) throw new QsecError("MODE", "A peer opened this room in another admission mode.");
    if (equalBytes(announce.id, self.id))
      throw new QsecError("SELF", "An announce carries this member's own identity.");
    const { head, sharedSecret } = call(announce, self.id, random);
    const th1 = th1Of(room, announce.frame, head);
    const tunnel = openTunnel(room, sharedSecret, th1);
    const sender = new BB84Sender({ profile, qubitCount, random });
    const plaintext = encodeQubits({
      signature: sign(self.seed, "hello A", th1),
      rank,
      name: self.name,
      profile: profile.code,
      qubitCount,
      qubits: sender.qubits,
    });
    const { box } = await tunnel.chainAB.seal(th1, plaintext);
    wipe(plaintext);
    const initiator = new Initiator(options, announce, sender, tunnel, th1);
    initiator.#th = nextTh("th2", th1, box);
    return { initiator, frame: concat(head, box) };
  }

  /** What the peer declared of its channel; null before M2. */
  get channel(): { noisePpm: number; evePpm: number } | null {
    return this.#bases;
  }

  /** The error rate of the sample once it is known, also when it ended the run. */
  get estimate() {
    return this.#sender.estimate;
  }

  get peerName(): string | null {
    return this.#bases?.name ?? null;
  }

  /** Why the run went on without a key of quantum hardware that was preferred, or null. */
  get qkdProblem(): QsecError | null {
    return this.#qkd?.problem ?? null;
  }

  /** How many bases agree, once that is known. */
  get matched(): number | null {
    return this.#sender.matched;
  }

  /** Whether the run ended, with keys or without. */
  get over(): boolean {
    return this.#state === "KEYED" || this.#state === "FAILED";
  }

  disclosed() {
    return this.#sender.disclosed();
  }

  /**
   * Steps 4 and 5: the peer's bases in, M3 out.
   * @throws QsecError `STATE`, `SID`, `DECRYPT` (nothing changed); `BAD_COMMIT`, `BAD_SIG`, `DECODE`, `SIFT`, `QKD` (the run is over)
   */
  async receiveBases(frame: Uint8Array): Promise<{ frame: Uint8Array; matched: number }> {
    const th2 = this.#th;
    const { plaintext, box } = await this.#open(frame, KIND.M2, "SENT_QUBITS");
    return this.#orFail(async () => {
      const bases = decodeBases(plaintext, this.#options.qubitCount);
      this.#checkPeer(bases, th2);
      this.#bases = bases;
      const { matched, ...sift } = this.#sender.sift(
        bases.bases,
        Math.max(this.#options.measuredQber ?? 0, declaredQber(bases)),
      );
      const { keyId } = (this.#qkd = await takeFreshKey(this.#options.qkd ?? null, {
        id: this.peerId,
        name: bases.name,
      }));
      const th3 = nextTh("th3", th2, box);
      const sealed = await this.#tunnel.chainAB.seal(th3, encodeSift({ ...sift, keyId }));
      this.#th = nextTh("th4", th3, sealed.box);
      this.#state = "SENT_SIFT";
      return { frame: encodeTunnelFrame(KIND.M3, this.sid, sealed.box), matched };
    });
  }

  /**
   * Step 6: the peer's check in.
   * @throws QsecError `STATE`, `SID`, `DECRYPT` (nothing changed); `DECODE`, `QBER`, `INSUFFICIENT`, `RECONCILE` (the run is over)
   */
  async receiveCheck(frame: Uint8Array): Promise<Outcome> {
    const th4 = this.#th;
    const { plaintext, box } = await this.#open(frame, KIND.M4, "SENT_SIFT");
    return this.#orFail(async () => {
      const message = decodeCheck(plaintext);
      const { key, ...run } = this.#sender.finish(message);
      const ck1 = this.#deriveChecked(th4, key, message.check);
      const th5 = nextTh("th5", th4, box);
      const { chainAB, chainBA } = sessionChains(ck1, th5);
      const outcome = this.#outcome(run, new PairSession(this.sid, th5, chainAB, chainBA));
      this.#state = "KEYED";
      this.#erase();
      return outcome;
    });
  }

  /** Ends the run and zeroes what it owns. */
  wipe(): void {
    if (this.#state !== "KEYED") this.#state = "FAILED";
    this.#erase();
  }

  #deriveChecked(th4: Uint8Array, reconciled: Uint8Array, check: Uint8Array): Uint8Array {
    const ck1 = mixKeys(this.#tunnel.ck0, th4, reconciled, this.#qkd!.key);
    if (equalBytes(checkOf(ck1, th4), check)) return ck1;
    wipe(ck1);
    throw new QsecError("RECONCILE", "Some errors could not be corrected, so the keys did not agree.");
  }

  #outcome(run: Omit<RunResult, "key">, session: PairSession): Outcome {
    const { name, nonce, noisePpm, evePpm } = this.#bases!;
    return {
      peer: { id: this.peerId, name },
      session,
      safetyCode: safetyCode(this.#th1, nonce),
      profile: this.#options.profile,
      run,
      disclosed: this.#sender.disclosed(),
      noisePpm,
      evePpm,
      qkd: this.#qkd!.keyId.length > 0,
    };
  }

  #checkPeer({ nonce, signature }: Bases, th2: Uint8Array): void {
    const { id, publicKey, commitment } = this.#announce;
    if (!equalBytes(commitment, sasCommitment(this.#options.room.rid, id, publicKey, nonce))) {
      throw new QsecError("BAD_COMMIT", "The peer did not open its commitment honestly.");
    }
    if (!verify(id, "hello B", signedHelloB(th2, nonce), signature)) {
      throw new QsecError("BAD_SIG", "The peer's signature is wrong.");
    }
  }

  async #open(frame: Uint8Array, kind: typeof KIND.M2 | typeof KIND.M4, state: "SENT_QUBITS" | "SENT_SIFT") {
    checkFrame(frame, kind);
    if (this.#state !== state) throw new QsecError("STATE", "A message of the handshake came out of turn.");
    const { sid, box } = decodeTunnelFrame(frame);
    if (!equalBytes(sid, this.sid)) throw new QsecError("SID", "A message belongs to another handshake.");
    const aad = this.#th;
    const seq = this.#tunnel.chainBA.next;
    const plaintext = await this.#tunnel.chainBA.open(seq, aad, box, (opened) => opened);
    return { plaintext, box };
  }

  async #orFail<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      this.#state = "FAILED";
      this.#eraseKeys(); // the sender keeps what was disclosed, for the picture, until wipe()
      throw error;
    }
  }

  #erase(): void {
    this.#eraseKeys();
    this.#sender.wipe();
  }

  #eraseKeys(): void {
    wipe(this.#tunnel.ck0, this.#qkd?.key);
    this.#tunnel.chainAB.wipe();
    this.#tunnel.chainBA.wipe();
  }
}

/** Step 1. The randomness of an encapsulation yields its shared secret: what was drawn goes as soon as it was used. */
function call({ frame, publicKey }: Announce, id: Uint8Array, random: RandomBytes) {
  const nonce = random(32);
  const randomness = random(KEM_RANDOM_BYTES);
  try {
    const { ciphertext, sharedSecret } = encapsulate(publicKey, randomness);
    return { head: encodeM1Head(announceHash(frame), id, nonce, ciphertext), sharedSecret };
  } finally {
    wipe(nonce, randomness);
  }
}

function declaredQber({ noisePpm, evePpm }: Bases): number {
  return expectedQber({ noise: noisePpm / 1e6, eve: evePpm / 1e6 });
}
