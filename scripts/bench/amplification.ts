import { toeplitz, typescriptToeplitz } from "../../packages/sdk/src/bb84/amplification/toeplitz.js";
import { polynomialHash } from "../../packages/sdk/src/bb84/verification/polynomial-hash.js";
import { secureRandom } from "../../packages/sdk/src/crypto/random.js";
import { median, number, printTable, repeat, timed, type Row } from "./harness.js";

const RUNS = 21;
const BITS_A_RUN = 1_000_000;
const SIZES = [
  [1000, 300],
  [10_000, 5000],
  [100_000, 50_000],
  [1_000_000, 256],
  [1_000_000, 500_000],
] as const;

/** Privacy amplification in both implementations, and the hash of verification: speed in bits of input. */
export async function benchAmplification(): Promise<void> {
  const rows: Row[] = [];
  for (const [inputBits, outputBits] of SIZES) {
    for (const hash of [toeplitz, typescriptToeplitz]) rows.push(await speed(hash, inputBits, outputBits));
    rows.push(await speed(polynomialHash, inputBits, 64));
  }
  printTable(`Hashing of reconciled keys, medians of ${RUNS} runs`, rows);
}

async function speed(hash: typeof toeplitz, inputBits: number, outputBits: number): Promise<Row> {
  const input = secureRandom(Math.ceil(inputBits / 8));
  const seed = secureRandom(hash.seedLength(inputBits, outputBits));
  // Short keys many times in a row, or the clock and the compiler would be measured.
  const times = Math.ceil(BITS_A_RUN / inputBits);
  const runs = await repeat(RUNS, () =>
    timed(() => {
      for (let i = 0; i < times; i++) hash.hash(input, inputBits, outputBits, seed);
    }),
  );
  const ms = median(runs.map((run) => run.ms)) / times;
  return {
    hash: hash.name,
    "bits in": number(inputBits),
    "bits out": number(outputBits),
    ms: number(ms, 3),
    "Mbit/s in": number(inputBits / 1000 / ms, 1),
  };
}
