import { matchedMask, siftKeys, transmit, type TransmissionOptions } from "@qsec2/sdk/bb84";
import { median, number, printTable, repeat, timed, type Row } from "./harness.js";

const QUBITS = 2 ** 22;
const RUNS = 20;
const SETTINGS: readonly (Omit<TransmissionOptions, "qubits"> & { readonly name: string })[] = [
  { name: "perfect channel, CSPRNG" },
  { name: "noise 3 %, CSPRNG", channel: { depolarising: 0.06 } },
  { name: "noise 3 %, Eve on 20 %, CSPRNG", channel: { depolarising: 0.06 }, eavesdropper: { share: 0.2 } },
  { name: "noise 3 %, seeded", channel: { depolarising: 0.06 }, seed: "bench" },
];

/** Millions of qubits in a second: their transmission, and the sifting of both keys. */
export async function benchPhysics(): Promise<void> {
  const rows: Row[] = [];
  for (const { name, ...setting } of SETTINGS) {
    const times = await repeat(RUNS, async () => {
      const { ms, result } = await timed(() => transmit({ ...setting, qubits: QUBITS }));
      const sifting = await timed(() => siftKeys(result, matchedMask(result)));
      return { transmit: ms, sift: sifting.ms };
    });
    const rate = (of: "transmit" | "sift") => number(QUBITS / 1000 / median(times.map((time) => time[of])), 1);
    rows.push({ setting: name, "transmit Mqubit/s": rate("transmit"), "sift Mqubit/s": rate("sift") });
  }
  printTable(`BB84 in bulk, ${number(QUBITS)} qubits, medians of ${RUNS} runs`, rows);
}
