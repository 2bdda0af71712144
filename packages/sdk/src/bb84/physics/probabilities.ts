import {
  damp,
  depolarise,
  flipBits,
  flipPhases,
  prepared,
  probabilityOfOne,
  rotate,
  type Axis,
  type Bloch,
} from "./bloch.js";
import type { ChannelModel, Pulse } from "./models.js";
import type { PhysicalSettings } from "./settings.js";

/** The state that reaches the receiver's axes. */
export function arriving(state: Bloch, channel: Required<ChannelModel>): Bloch {
  const flipped = flipBits(depolarise(damp(state, channel.damping), channel.depolarising), channel.bitFlip);
  return rotate(flipPhases(flipped, channel.phaseFlip), channel.misalignment);
}

/** The probability of a click by the signal, without dark counts: η·η_d of a photon, 1 − e^{−η·η_d·μ} of a pulse. */
export function signalProbability({ channel, detector }: PhysicalSettings, pulse: Pulse | undefined): number {
  const transmittance = channel.transmittance * detector.efficiency;
  return pulse === undefined ? transmittance : -Math.expm1(-transmittance * pulse.mean);
}

/** The index of a pulse's intensity has two bits; each is an event. */
export function pulseProbabilities({ pulses }: PhysicalSettings) {
  const share = (i: number) => pulses[i]?.probability ?? 0;
  const [lower, upper] = [share(0) + share(1), share(2) + share(3)];
  return {
    high: lower === 0 ? 1 : upper === 0 ? 0 : upper / (lower + upper),
    low: (high: 0 | 1) => (high === 1 ? ratio(share(3), upper) : ratio(share(1), lower)),
  };
}

/** The probability that a signal prepared or resent like this is seen as 1 by a receiver who measures along `axis`. */
export function arrivesAsOne({ channel }: PhysicalSettings, basis: Axis, bit: 0 | 1, axis: Axis): number {
  return probabilityOfOne(arriving(prepared(basis, bit), channel), axis);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
