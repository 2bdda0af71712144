import type { Readiness, RelayStats } from "../relay-stats.js";
import type { Metric } from "./exposition.js";

/**
 * What an operator may see of a relay. The labels are names of limits and codes alone: a name of a room or of a person, or
 * an address, would make the metrics a list of who talks with whom.
 */
export function relayMetrics(stats: RelayStats, readiness: Readiness): readonly Metric[] {
  const { passed, refused, ring, audit, files, history } = stats;
  return [
    gauge("connections", "Sockets that are open.", stats.sockets),
    gauge("rooms", "Rooms that are open.", stats.rooms),
    gauge("members", "Seats in all rooms, also of members whose link is down for the moment.", stats.members),
    counter("messages_passed_total", "Messages passed on, each counted once however many get it.", passed.messages),
    counter("messages_passed_bytes_total", "Bytes of these messages, as they came.", passed.bytes),
    refusals(refused),
    gauge("ring_frames", "What is held in memory for members whose links are down for a moment.", ring.frames),
    gauge("ring_bytes", "Bytes of it.", ring.bytes),
    counter("audit_rows_written_total", "Rows of the audit log that were written.", audit.written),
    gauge("audit_rows_waiting", "Rows of the audit log that wait to be written.", audit.waiting),
    counter("audit_rows_dropped_total", "Rows of the audit log given up because too many waited.", audit.dropped),
    counter("audit_failures_total", "Attempts to read or write the audit log that failed.", audit.failures),
    gauge("files", "Sealed files that are held.", files.blobs),
    gauge("files_bytes", "Bytes of them.", files.bytes),
    gauge("kept_messages", "Sealed messages that are kept for members who are away.", history.messages),
    gauge("kept_messages_bytes", "Bytes of them.", history.bytes),
    gauge("ready", "1 while the relay takes connections and can pass messages on.", Number(readiness.ok)),
    // A relay without Redis has none that could be down.
    ...(stats.redis === "off"
      ? []
      : [gauge("redis_up", "1 while Redis can be used.", Number(stats.redis === "ready"))]),
  ];
}

function refusals(refused: RelayStats["refused"]): Metric {
  return {
    name: "qsec2_relay_refused_total",
    type: "counter",
    help: "What was refused, by the name of the limit or the code of the answer.",
    samples: Object.entries(refused).map(([reason, value]) => ({ value, labels: { reason } })),
  };
}

function gauge(name: string, help: string, value: number): Metric {
  return { name: `qsec2_relay_${name}`, type: "gauge", help, samples: [{ value }] };
}

function counter(name: string, help: string, value: number): Metric {
  return { name: `qsec2_relay_${name}`, type: "counter", help, samples: [{ value }] };
}
