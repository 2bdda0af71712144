import type { RandomBytes } from "../random.js";

/** A weak coherent pulse: its number of photons is Poisson distributed. */
export interface Pulse {
  /** Mean number of photons μ, 0 … 100. */
  readonly mean: number;
  /** Share of the pulses that are sent with it; all shares add up to 1. */
  readonly probability: number;
}

/** Where the qubits come from. */
export interface SourceModel {
  /**
   * One to four intensities, from which each pulse takes one at random. Without it every pulse is one photon. What a pulse
   * of several photons tells by photon-number splitting is not simulated, and no estimate accounts for it.
   */
  readonly pulses?: readonly Pulse[];
}

/**
 * What happens to a qubit on its way, in this order: amplitude damping, depolarising, bit flip, phase flip, and a
 * misalignment of the receiver's axes. Loss is independent of the state.
 */
export interface ChannelModel {
  /** Transmittance η, the probability that a photon arrives, 0 … 1. @default 1 */
  readonly transmittance?: number;
  /** p of ρ → (1 − p)·ρ + p·I/2, which makes a QBER of p/2; 0 … 1. @default 0 */
  readonly depolarising?: number;
  /** Probability of an X, 0 … 1: errors in the rectilinear basis only. @default 0 */
  readonly bitFlip?: number;
  /** Probability of a Z, 0 … 1: errors in the diagonal basis only. @default 0 */
  readonly phaseFlip?: number;
  /** γ of amplitude damping, 0 … 1. @default 0 */
  readonly damping?: number;
  /** Angle θ between the polarization axes of the two sides, in radians, −π/2 … π/2; a QBER of sin²θ. @default 0 */
  readonly misalignment?: number;
}

/** Two threshold detectors, one for each bit. When both click, the bit is a fair coin (Lütkenhaus 1999, Phys. Rev. A 59:3301). */
export interface DetectorModel {
  /** Probability that a photon that arrived is seen, 0 … 1; multiplies the transmittance. @default 1 */
  readonly efficiency?: number;
  /** Probability p_dark that a detector clicks without a photon, for each detector and pulse, 0 … 1. @default 0 */
  readonly darkCounts?: number;
}

/**
 * Intercept-resend between the source and the channel: she measures a qubit and sends on what she saw, in a pulse of the
 * same intensity. `random` picks one of the two bases for each qubit, `rectilinear` always that one, `breidbart` the
 * basis halfway between them (Bennett, Bessette, Brassard, Salvail and Smolin 1992, J. Cryptology 5:3).
 */
export interface EavesdropperModel {
  /** @default "random" */
  readonly basis?: "random" | "rectilinear" | "breidbart";
  /** Share of the qubits that she takes, 0 … 1. @default 1 */
  readonly share?: number;
}

/** Everything from the source to the detector. */
export interface TransmissionOptions {
  /** Pulses sent, 1 … 2²⁷. */
  readonly qubits: number;
  /** Probability p_x with which each side chooses the diagonal basis, 0 … 1. @default 0.5 */
  readonly diagonal?: number;
  /** Single photons without it. */
  readonly source?: SourceModel;
  /** A perfect channel without it. */
  readonly channel?: ChannelModel;
  /** Perfect detectors without it. */
  readonly detector?: DetectorModel;
  /** Nobody listens without it. */
  readonly eavesdropper?: EavesdropperModel;
  /** Makes the run repeatable with {@link seededRandom}. */
  readonly seed?: string;
  /** Where randomness comes from. @default the platform's CSPRNG */
  readonly random?: RandomBytes;
}
