import type { BB84StepName } from "@qsec2/sdk";
import type { FunnelStage } from "../telemetry/charts/data.js";
import type { ChannelNumber } from "../telemetry/channel/numbers.js";
import type { ShareName } from "../telemetry/qber/ledger.js";

/** What is said of one step of an exchange. */
export interface Explanation {
  readonly what: string;
  readonly relay: string;
  readonly eve: string;
}

/** The words of the panels that show the simulated exchange. */
export const panels = {
  monitor: {
    label: (state: string) => `Screen of the simulated quantum channel. ${state}`,
    noisyEve: "Too many errors to agree on a key, below the 11% limit. Some are the demonstration eavesdropper's.",
  },

  channelNumber: {
    sent: "Sent",
    detected: "Detected",
    lost: "Lost",
    sifted: "Sifted",
  } satisfies Record<ChannelNumber["name"], string> as Record<ChannelNumber["name"], string>,

  ledger: {
    title: "What becomes of the qubits",
    none: "No qubits yet.",
    label: (total: string, shares: string) => `Of ${total} qubits: ${shares}`,
    sifted: "Sifted",
    rate: "Key rate",
    bound: (low: string, high: string, failure: string) =>
      `By its sample, the rest has ${low} to ${high} errors. The upper bound is wrong with a probability of at most ${failure}.`,
    share: {
      lost: "Lost",
      unmatched: "Other basis",
      sample: "Disclosed sample",
      dropped: "Dropped blocks",
      leaked: "Leaked in correction",
      amplified: "Privacy amplification",
      open: "Not decided yet",
      abandoned: "Given up",
      secret: "Secret key",
    } satisfies Record<ShareName, string> as Record<ShareName, string>,
  },

  charts: {
    open: "Show charts",
    close: "Hide charts",
    failed: "The charts could not be loaded. The numbers are below.",
    rates: "Error rate of each exchange",
    funnel: "Bits left at each stage",
    exchange: "Exchange",
    none: "No exchange has measured an error rate yet.",
    table: "As numbers",
    place: (number: number, verdict: string) => `Exchange ${number}, ${verdict}`,
    stage: {
      qubits: "Qubits",
      detected: "Detected",
      reconciled: "Reconciled",
      amplified: "Secret",
    } satisfies Record<Exclude<FunnelStage, "sifted">, string> as Record<Exclude<FunnelStage, "sifted">, string>,
  },

  sphere: {
    open: "Open in 3D",
    title: "Bloch sphere of the simulated channel",
    label: (state: string) => `Bloch sphere in space. ${state}`,
    hint: "Drag or press the arrow keys to turn it, scroll to come nearer.",
    notice: {
      lost: "The browser has taken the graphics away for now. Meanwhile the sphere is drawn flat.",
      refused: "This browser offers no WebGL, so the sphere is drawn flat.",
      failed: "The sphere in space could not be loaded, so it is drawn flat.",
    },
    controls: "Playback",
    play: "Play",
    pause: "Pause",
    back: "Previous qubit",
    on: "Next qubit",
    place: "Place in the sequence",
    speed: "Speed",
    times: (speed: string) => `${speed} ×`,
    still: "Less motion is asked for: go from qubit to qubit instead.",
    sent: "Sent",
    basis: "Measured in",
    result: "Result",
    verdict: "Comparison",
    bit: (bit: number) => `bit ${bit}`,
    undisclosed: "not disclosed",
    legendArrow: "Thick arrow: the state now",
    legendSent: "Thin arrow: the state as sent",
    legendRing: "Ring: the state collapses",
  },

  log: {
    tools: "Tools of the event log",
    search: "Search events",
    filter: "Which events",
    filters: { all: "All", exchange: "Exchange", messages: "Messages", relay: "Relay", problems: "Problems" },
    pause: "Pause",
    resume: "Resume",
    copy: "Copy",
    export: "Export as JSON lines",
    grow: "Maximise",
    paused: (count: number) => (count === 0 ? "Paused." : `Paused; ${count} more since.`),
    copied: "Copied.",
    failed: "The browser does not allow copying here. Export them instead.",
    nothing: "No event fits.",
  },

  lab: {
    title: "Channel laboratory",
    note: "A simulated fibre of its own: it touches no room and no key. The same seed makes the same run.",
    field: {
      qubits: "Qubits",
      loss: "Loss, %",
      noise: "Noise, %",
      strategy: "Eavesdropper",
      share: "Her share, %",
      method: "Correction",
      seed: "Seed",
    },
    strategy: {
      none: "nobody",
      random: "random bases",
      rectilinear: "rectilinear only",
      breidbart: "Breidbart basis",
    },
    method: { cascade: "Cascade", ldpc: "LDPC", golay: "Golay" },
    run: "Run",
    sweepShare: "Sweep her share",
    sweepNoise: "Sweep the noise",
    stop: "Stop",
    link: "Copy link",
    linkCopied: "Link copied: it makes the same run again.",
    badLink: (reason: string) => `The link cannot be used. ${reason}`,
    compared: "Measured and expected",
    quantityOf: "Quantity",
    measured: "Measured",
    theory: "Theory",
    keys: "With a key",
    quantity: {
      gain: "Detected of sent",
      sifted: "Sifted of sent",
      qber: "Errors of all sifted",
      known: "Sifted bits she knows",
    },
    verdict: {
      key: (bits: string) => `Both sides have the same key of ${bits} bits.`,
      eavesdropper: (_bits: string) => "Given up: the sample has 11% errors or more.",
      noisy: (_bits: string) => "Given up: too few secret bits are left. More qubits may help.",
      mismatch: (_bits: string) => "Given up: correction left an error, and verification found it.",
    },
    sweepTitle: "Sweep",
    sweeps: { share: "Share that she intercepts", noise: "Noise of the channel" },
    plot: (axis: string, points: number) => `Error rate by: ${axis}. ${points} points beside the line of theory.`,
    plotLegend: (runs: number) =>
      `Line: theory, p/4 for random bases and no noise. Dot: a run gave a key. Cross: none did. Runs for each value: ${runs}.`,
  },

  explain: {
    open: "Explain the steps",
    close: "Hide explanation",
    steps: "Steps of the exchange",
    back: "Step back",
    on: "Next step",
    follow: "Follow the run",
    what: "What happens",
    relay: "What the relay sees of it",
    eve: "What an eavesdropper would change",
    source: "Source",
    step: {
      generate: {
        what: "The sender draws a random bit and a random basis for each qubit. Rectilinear makes |0⟩ or |1⟩, diagonal |+⟩ or |−⟩.",
        relay: "Nothing: this happens in the sender's browser.",
        eve: "Nothing yet. She does not know which basis a qubit will have.",
      },
      send: {
        what: "The qubits go to the receiver. Here they are simulated: as sealed bytes inside the encrypted tunnel of ML-KEM-768 and X25519.",
        relay: "One sealed frame, its padded size, who sends it to whom, and when. No qubit and no basis.",
        eve: "A real qubit cannot be copied. She has to measure it and to send on what she saw. In the laboratory that happens to the simulated qubits, at the receiver.",
      },
      measure: {
        what: "The receiver measures each qubit in a random basis. In the sender's basis the bit comes out as it was sent, in the other one it is a coin.",
        relay: "One sealed frame in return, with the receiver's bases in it. It cannot open it.",
        eve: "Half of her bases are wrong. What she sends on then lies in her basis, and the receiver gets a wrong bit in half of those cases: one error in four.",
      },
      bases: {
        what: "Both compare bases, not bits, and keep the bits whose bases agree: about half of those that were detected.",
        relay: "Sealed frames. In a textbook the bases are public; the protocol would bear that.",
        eve: "She would learn which of her measurements were good, too late to repeat the others.",
      },
      sift: {
        what: "A random sample of the sifted bits is disclosed and compared. Its error rate bounds that of the rest. At 11% or more there is no key.",
        relay: "One sealed frame with the sample and the parity data for correction. It cannot open it.",
        eve: "On a share p of the qubits she causes errors of p/4 in the sample, by measuring in random bases. A full interception gives 25%.",
      },
      derive: {
        what: "Errors are corrected, and the bits are hashed to a shorter key: what was told, and what she may know, is taken off. The result is mixed into the pair's key.",
        relay: "One sealed frame that confirms the key. The key never leaves the two browsers.",
        eve: "What she knows of the bits is hashed away, up to what the bound allows. The pair's key is as strong as ML-KEM-768 and X25519 make it, whatever she did here.",
      },
    } satisfies Record<BB84StepName, Explanation> as Record<BB84StepName, Explanation>,
  },
};
