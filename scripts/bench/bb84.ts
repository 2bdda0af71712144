import { finishRun, startRun } from "../../packages/sdk/src/testing/bb84-run.js";
import { median, number, printTable, repeat, type Row } from "./harness.js";

const RUNS = 200;
const CHANNELS = [
  { channel: "no noise", noise: 0 },
  { channel: "noise 1 %", noise: 0.01 },
  { channel: "noise 3 %", noise: 0.03 },
  { channel: "noise 5 %", noise: 0.05 },
  { channel: "noise 1 %, Eve on 10 %", noise: 0.01, eve: 0.1 },
  { channel: "noise 1 %, Eve on 25 %", noise: 0.01, eve: 0.25 },
  { channel: "noise 1 %, Eve on 100 %", noise: 0.01, eve: 1 },
];

/** How often a first run of the default profile gives a key. The runs are seeded: the table is always the same. */
export async function benchBb84(): Promise<void> {
  const rows: Row[] = [];
  for (const { channel, ...setting } of CHANNELS) {
    const outcomes = await repeat(RUNS, (index) =>
      finishRun(startRun({ ...setting, profile: "golay", seed: `bench ${index}` })),
    );
    const keyed = outcomes.flatMap((outcome) => (outcome.code === "keyed" ? [outcome.alice] : []));
    const aborts = ["QBER", "INSUFFICIENT", "RECONCILE"].map(
      (code) => `${code} ${outcomes.filter((outcome) => outcome.code === code).length}`,
    );
    rows.push({
      channel,
      "key at first try": `${number((100 * keyed.length) / RUNS, 1)} %`,
      "secret bits": keyed.length === 0 ? "–" : number(median(keyed.map(({ secret }) => secret))),
      "without a key": aborts.join(", "),
    });
  }
  printTable(`Simulated BB84, golay, 4096 qubits, ${RUNS} seeded runs each; median of the secret bits`, rows);
}
