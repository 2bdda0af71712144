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
    none: "No exchange has ended yet.",
    table: "As numbers",
    place: (number: number, verdict: string) => `Exchange ${number}, ${verdict}`,
    stage: {
      qubits: "Qubits",
      detected: "Detected",
      reconciled: "Reconciled",
      amplified: "Secret",
    } satisfies Record<Exclude<FunnelStage, "sifted">, string> as Record<Exclude<FunnelStage, "sifted">, string>,
  },
};
