import { QsecError } from "../../wire/errors.js";
import { integerIn, numberIn, onlyKnown } from "../options.js";
import type { ChannelModel, DetectorModel, EavesdropperModel, Pulse, TransmissionOptions } from "./models.js";

export const TRANSMISSION_OPTIONS = [
  "qubits",
  "diagonal",
  "source",
  "channel",
  "detector",
  "eavesdropper",
  "seed",
  "random",
] as const satisfies readonly (keyof TransmissionOptions)[];

const QUBITS_MAX = 2 ** 27;
const PULSES_MAX = 4;

/** The options of the physics with every default filled in. `pulses` is empty for single photons. */
export interface PhysicalSettings {
  /** Pulses sent. */
  readonly qubits: number;
  /** Probability of the diagonal basis on each side. */
  readonly diagonal: number;
  /** Intensities of the source; empty for single photons. */
  readonly pulses: readonly Pulse[];
  /** What happens on the way. */
  readonly channel: Required<ChannelModel>;
  /** How the receiver sees. */
  readonly detector: Required<DetectorModel>;
  /** Null where nobody listens. */
  readonly eavesdropper: Required<EavesdropperModel> | null;
}

/** @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range */
export function physicalSettings(options: TransmissionOptions): PhysicalSettings {
  const { source = {}, channel = {}, detector = {}, eavesdropper } = options;
  onlyKnown("source", source, ["pulses"]);
  onlyKnown("channel", channel, [
    "transmittance",
    "depolarising",
    "bitFlip",
    "phaseFlip",
    "damping",
    "misalignment",
  ] satisfies (keyof ChannelModel)[]);
  onlyKnown("detector", detector, ["efficiency", "darkCounts"] satisfies (keyof DetectorModel)[]);
  const share = (name: string, value: number) => numberIn(name, value, 0, 1);
  return {
    qubits: integerIn("qubits", options.qubits, 1, QUBITS_MAX),
    diagonal: share("diagonal", options.diagonal ?? 0.5),
    pulses: pulsesOf(source.pulses),
    channel: {
      transmittance: share("channel.transmittance", channel.transmittance ?? 1),
      depolarising: share("channel.depolarising", channel.depolarising ?? 0),
      bitFlip: share("channel.bitFlip", channel.bitFlip ?? 0),
      phaseFlip: share("channel.phaseFlip", channel.phaseFlip ?? 0),
      damping: share("channel.damping", channel.damping ?? 0),
      misalignment: numberIn("channel.misalignment", channel.misalignment ?? 0, -Math.PI / 2, Math.PI / 2),
    },
    detector: {
      efficiency: share("detector.efficiency", detector.efficiency ?? 1),
      darkCounts: share("detector.darkCounts", detector.darkCounts ?? 0),
    },
    eavesdropper: eavesdropper === undefined ? null : eavesdropperOf(eavesdropper),
  };
}

function pulsesOf(pulses: readonly Pulse[] | undefined): readonly Pulse[] {
  if (pulses === undefined) return [];
  if (!Array.isArray(pulses) || pulses.length < 1 || pulses.length > PULSES_MAX)
    throw new QsecError("bad_option", `'source.pulses' must be a list of 1 to ${PULSES_MAX} intensities.`);
  const checked = pulses.map((pulse: Pulse, i) => {
    const name = `source.pulses[${i}]`;
    onlyKnown(name, pulse, ["mean", "probability"]);
    return {
      mean: numberIn(`${name}.mean`, pulse.mean, 0, 100),
      probability: numberIn(`${name}.probability`, pulse.probability, 0, 1),
    };
  });
  const sum = checked.reduce((total, { probability }) => total + probability, 0);
  if (Math.abs(sum - 1) > 1e-9)
    throw new QsecError("bad_option", "The probabilities of 'source.pulses' must add up to 1.");
  return checked;
}

function eavesdropperOf(model: EavesdropperModel): Required<EavesdropperModel> {
  onlyKnown("eavesdropper", model, ["basis", "share"]);
  const { basis = "random", share = 1 } = model;
  if (!["random", "rectilinear", "breidbart"].includes(basis))
    throw new QsecError("bad_option", "'eavesdropper.basis' must be 'random', 'rectilinear' or 'breidbart'.");
  return { basis, share: numberIn("eavesdropper.share", share, 0, 1) };
}
