import { QsecError } from "../../wire/errors.js";
import { bitAt, bytesForBits, scatter, select } from "../bits.js";
import type { QuantumChannel } from "./channel.js";
import { DISCLOSED_LIMIT, disclosedQubits, eraseUndisclosed, type DisclosedQubit } from "./disclosed.js";
import { measure } from "./measurement.js";
import { checkSampleBits, qberOf, requireLowQber, type Estimate } from "../estimation/parameter-estimation.js";
import type { Profile } from "./profiles.js";
import { bytesForQubits } from "./qubits.js";
import type { RandomBytes } from "../random.js";
import { conclude, type RunResult } from "./run.js";
import type { SiftAnswer, SiftMessage } from "./sender.js";
import { checkSifting, withRawKey, type Sifting } from "./sifting.js";

/** What the receiver's side of a run needs. */
export interface ReceiverOptions {
  /** The post-processing; the same on both sides. */
  readonly profile: Profile;
  /** N, as the sender says. */
  readonly qubitCount: number;
  /** N/4 bytes as they came from the sender; not changed and not kept. */
  readonly qubits: Uint8Array;
  /** What happens to the qubits on their way. */
  readonly channel: QuantumChannel;
  /** Where random bytes come from. */
  readonly random: RandomBytes;
}

/**
 * Bob: lets the qubits through his channel, measures them at once in random bases, then corrects his bits with the
 * sender's message. One object is one run: `reconcile` can be called once, and if it throws there is no key.
 */
export class BB84Receiver {
  /** N/8 bytes: the measurement bases, packed; to be told to the sender. */
  readonly bases: Uint8Array;
  readonly #profile: Profile;
  readonly #bits: Uint8Array;
  #theirSample: Uint8Array | null = null;
  #sampleBits: Uint8Array | null = null;
  #sifting: Sifting | null = null;
  #estimate: Estimate | null = null;
  #key: Uint8Array | null = null;
  #over = false;

  /** @throws QsecError `DECODE` for a number of qubits that the profile does not have or that are not there */
  constructor({ profile, qubitCount, qubits, channel, random }: ReceiverOptions) {
    if (!profile.isValidQubitCount(qubitCount) || qubits.length !== bytesForQubits(qubitCount)) {
      throw new QsecError("DECODE", `The ${profile.name} profile cannot run with these qubits.`);
    }
    this.#profile = profile;
    const arrived = channel.transmit(qubits, random);
    try {
      if (arrived.length !== qubits.length) throw new QsecError("bad_option", "The channel must deliver every qubit.");
      this.bases = random(bytesForBits(qubitCount));
      this.#bits = measure(arrived, this.bases, channel.noise, random);
    } finally {
      arrived.fill(0);
    }
  }

  /** The error rate of the sample once it is known, also when it was the reason to give up. */
  get estimate(): Estimate | null {
    return this.#estimate;
  }

  /** How many bases agree, once the sender has said where. */
  get matched(): number | null {
    return this.#sifting?.matched ?? null;
  }

  /** This side's bits at the sampled places, packed, once they are known; they may be disclosed whatever comes of the run. */
  get sampleBits(): Uint8Array | null {
    return this.#sampleBits;
  }

  /**
   * @throws QsecError `DECODE` for wrong sizes, `SIFT` for masks that the profile does not allow, `QBER` at 11 % or
   * more, `RECONCILE` for errors that cannot be corrected, `INSUFFICIENT` for too few secret bits, `bad_state` when called
   * twice
   */
  reconcile(message: SiftMessage): RunResult & SiftAnswer {
    if (this.#over) throw new QsecError("bad_state", "The steps of a BB84 run are taken once each and in order.");
    this.#over = true;
    try {
      return this.#reconcile(message);
    } catch (error) {
      this.#key?.fill(0);
      throw error;
    } finally {
      if (this.#sifting === null) this.#bits.fill(0);
      else eraseUndisclosed(this.#bits, this.#sifting);
    }
  }

  #reconcile({ match, sample, sampleBits: theirs, syndromes }: SiftMessage): RunResult & SiftAnswer {
    const sifting = checkSifting(match.slice(), sample.slice(), this.bases.length * 8, this.#profile);
    checkSampleBits(theirs, sifting.sampled);
    this.#sifting = sifting;
    this.#theirSample = scatter(theirs, sifting.sample);
    const sampleBits = (this.#sampleBits = select(this.#bits, sifting.sample));
    this.#estimate = qberOf(theirs, sampleBits, sifting.sampled);
    requireLowQber(this.#estimate);
    const { qber } = this.#estimate;
    const reconciled = withRawKey(this.#bits, sifting, (raw, length) =>
      this.#profile.reconciliation.correct(raw, length, syndromes, qber),
    );
    this.#key = reconciled.key;
    return {
      ...conclude(this.#profile, sifting, this.#estimate, reconciled),
      sampleBits,
      keepMask: reconciled.keepMask,
    };
  }

  /** Qubits that never enter a key, for the picture of the run: none before `reconcile`, none after `wipe`. */
  disclosed(limit: number = DISCLOSED_LIMIT): DisclosedQubit[] {
    const theirs = this.#theirSample;
    if (this.#sifting === null || theirs === null) return [];
    return disclosedQubits(this.#sifting, limit, (index, sampled) => {
      const basis = bitAt(this.bases, index);
      return {
        index,
        sent: sampled ? { basis, bit: bitAt(theirs, index) } : { basis: basis === 0 ? 1 : 0, bit: null },
        measured: { basis, bit: bitAt(this.#bits, index) },
      };
    });
  }

  /** Ends the run and zeroes everything it holds, the key of its result included. */
  wipe(): void {
    this.#over = true;
    const { match, sample } = this.#sifting ?? {};
    for (const owned of [this.bases, this.#bits, this.#theirSample, this.#key, match, sample]) owned?.fill(0);
    this.#sifting = null;
    this.#sampleBits = null;
  }
}
