import { QsecError } from "../../wire/errors.js";
import { bitAt, bytesForBits, scatter, select, weight } from "../bits.js";
import { DISCLOSED_LIMIT, disclosedQubits, eraseUndisclosed, type DisclosedQubit } from "./disclosed.js";
import {
  checkSampleBits,
  chooseSample,
  qberOf,
  requireLowQber,
  type Estimate,
} from "../estimation/parameter-estimation.js";
import type { Profile } from "./profiles.js";
import { bytesForQubits, splitSymbols } from "./qubits.js";
import type { RandomBytes } from "../random.js";
import { conclude, type RunResult } from "./run.js";
import { matchBases, requireMatched, withRawKey, type Sifting } from "./sifting.js";

/** What the sender's side of a run needs. */
export interface SenderOptions {
  /** The post-processing; the same on both sides. */
  readonly profile: Profile;
  /** N, of those that the profile can run with. */
  readonly qubitCount: number;
  /** Where random bytes come from. */
  readonly random: RandomBytes;
}

/** The sender's half of sifting and reconciliation. */
export interface SiftMessage {
  /** N bits: where the bases agree. */
  readonly match: Uint8Array;
  /** N bits, a subset of `match`: where the bits are disclosed. */
  readonly sample: Uint8Array;
  /** The sender's bits at the sampled places, packed in index order. */
  readonly sampleBits: Uint8Array;
  /** What reconciliation tells; its form is the profile's. */
  readonly syndromes: Uint8Array;
}

/** The receiver's half. */
export interface SiftAnswer {
  /** The receiver's bits at the sampled places, packed in index order. */
  readonly sampleBits: Uint8Array;
  /** The blocks that could be corrected, one bit each; empty where the profile has no blocks. */
  readonly keepMask: Uint8Array;
}

/**
 * Alice: prepares the qubits, sifts, and ends the run with the receiver's answer. One object is one run: `sift` and
 * `finish` can be called once each, in this order, and a call that throws ends the run without a key.
 */
export class BB84Sender {
  /** N/4 bytes: the symbols of the random qubits. Zeroed when the run ends. */
  readonly qubits: Uint8Array;
  readonly #profile: Profile;
  readonly #random: RandomBytes;
  readonly #bases: Uint8Array;
  readonly #bits: Uint8Array;
  readonly #theirBases: Uint8Array;
  #theirSample: Uint8Array | null = null;
  #syndromes = new Uint8Array(0);
  #sifting: Sifting | null = null;
  #estimate: Estimate | null = null;
  #key: Uint8Array | null = null;
  #stage: "prepared" | "sifted" | "over" = "prepared";

  /** @throws QsecError `bad_option` for a number of qubits that the profile does not have */
  constructor({ profile, qubitCount, random }: SenderOptions) {
    if (!profile.isValidQubitCount(qubitCount)) {
      throw new QsecError("bad_option", `The ${profile.name} profile cannot run with ${qubitCount} qubits.`);
    }
    this.#profile = profile;
    this.#random = random;
    this.qubits = random(bytesForQubits(qubitCount));
    ({ bases: this.#bases, bits: this.#bits } = splitSymbols(this.qubits));
    this.#theirBases = new Uint8Array(bytesForBits(qubitCount));
  }

  /** The error rate of the sample once it is known, also when it was the reason to give up. */
  get estimate(): Estimate | null {
    return this.#estimate;
  }

  /** How many bases agree, after `sift`. */
  get matched(): number | null {
    return this.#sifting?.matched ?? null;
  }

  /**
   * @param bases the receiver's N bases, packed
   * @param expectedQber the error rate to expect, 0 … 1, for a profile that chooses its code by it
   * @throws QsecError `DECODE` for a wrong size, `SIFT` when too few bases agree, `bad_state` when called twice
   */
  sift(
    bases: Uint8Array,
    expectedQber: number = this.#profile.defaultNoise,
  ): SiftMessage & { readonly matched: number } {
    return this.#advance("prepared", "sifted", () => {
      if (bases.length !== this.#bases.length) throw new QsecError("DECODE", "There must be one basis per qubit.");
      const match = matchBases(this.#bases, bases);
      const matched = weight(match);
      requireMatched(matched, bases.length * 8, this.#profile);
      const sampled = this.#profile.sampleSize(matched);
      const sample = chooseSample(match, sampled, this.#random);
      this.#theirBases.set(bases);
      const sifting = (this.#sifting = { match, sample, matched, sampled });
      const syndromes = withRawKey(this.#bits, sifting, (raw, length) =>
        this.#profile.reconciliation.syndromes(raw, length, { qber: expectedQber, random: this.#random }),
      );
      this.#syndromes = syndromes.slice();
      return {
        match: match.slice(),
        sample: sample.slice(),
        sampleBits: select(this.#bits, sample),
        syndromes,
        matched,
      };
    });
  }

  /**
   * @throws QsecError `DECODE` for wrong sizes, `QBER` at 11 % or more, `INSUFFICIENT` for too few secret bits,
   * `bad_state` unless it follows `sift`
   */
  finish({ sampleBits, keepMask }: SiftAnswer): RunResult {
    return this.#advance("sifted", "over", () => {
      const sifting = this.#sifting!;
      checkSampleBits(sampleBits, sifting.sampled);
      this.#theirSample = scatter(sampleBits, sifting.sample);
      this.#estimate = qberOf(select(this.#bits, sifting.sample), sampleBits, sifting.sampled);
      requireLowQber(this.#estimate);
      const reconciled = withRawKey(this.#bits, sifting, (raw, length) =>
        this.#profile.reconciliation.keep(raw, length, keepMask, this.#syndromes),
      );
      this.#key = reconciled.key;
      const result = conclude(this.#profile, sifting, this.#estimate, reconciled);
      this.#eraseSecrets();
      return result;
    });
  }

  /** Qubits that never enter a key, for the picture of the run: none before `sift`, none after `wipe`. */
  disclosed(limit: number = DISCLOSED_LIMIT): DisclosedQubit[] {
    if (this.#sifting === null) return [];
    const theirs = this.#theirSample;
    return disclosedQubits(this.#sifting, limit, (index, sampled) => ({
      index,
      sent: { basis: bitAt(this.#bases, index), bit: bitAt(this.#bits, index) },
      measured: {
        basis: bitAt(this.#theirBases, index),
        bit: sampled && theirs !== null ? bitAt(theirs, index) : null,
      },
    }));
  }

  /** Ends the run and zeroes everything it holds, the key of its result included. */
  wipe(): void {
    this.#stage = "over";
    const { match, sample } = this.#sifting ?? {};
    for (const owned of [
      this.qubits,
      this.#bases,
      this.#bits,
      this.#theirBases,
      this.#theirSample,
      this.#key,
      match,
      sample,
    ]) {
      owned?.fill(0);
    }
    this.#sifting = null;
  }

  #advance<T>(from: "prepared" | "sifted", to: "sifted" | "over", step: () => T): T {
    if (this.#stage !== from)
      throw new QsecError("bad_state", "The steps of a BB84 run are taken once each and in order.");
    this.#stage = to;
    try {
      return step();
    } catch (error) {
      this.#stage = "over";
      this.#key?.fill(0);
      this.#eraseSecrets();
      throw error;
    }
  }

  #eraseSecrets(): void {
    this.qubits.fill(0);
    if (this.#sifting === null) this.#bits.fill(0);
    else eraseUndisclosed(this.#bits, this.#sifting);
  }
}
