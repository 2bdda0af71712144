import type { FunnelStage } from "../telemetry/charts/data.js";
import type { ChannelNumber } from "../telemetry/channel/numbers.js";
import type { ShareName } from "../telemetry/qber/ledger.js";

/** The words of the panels that show the simulated exchange. */
export const panels = {
  monitor: {
    label: (state: string) => `Screen of the simulated quantum channel. ${state}`,
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
};
