import { ldpcCode, ldpcDecode, ldpcPlan, ldpcSyndrome } from "../../packages/sdk/src/bb84/index.js";
import { bytesForBits, flipBit } from "../../packages/sdk/src/bb84/bits.js";
import { equalBytes } from "../../packages/sdk/src/wire/bytes.js";
import { seededRandom } from "../../packages/sdk/src/testing/seeded-random.js";
import { median, number, printTable, timed, type Row } from "./harness.js";

/** Blocks at each error rate; a frame error rate of 1 in 100 is known to ± 0.4 in 100. */
const BLOCKS = 600;
const LENGTH = 16_384;
const QBERS = [0.001, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11];
const SHORT = { blocks: 300, lengths: [2048, 6144], qbers: [0.01, 0.03, 0.05, 0.08] };

/** Efficiency, frame error rate and speed of the LDPC codes. The errors are seeded, so only the times differ between runs. */
export async function benchLdpc(): Promise<void> {
  const rows: Row[] = [];
  for (const qber of QBERS) rows.push(await measure(qber, LENGTH, BLOCKS));
  printTable(`LDPC, blocks of ${number(LENGTH)} bits, ${BLOCKS} of them at each error rate`, rows);
  const short: Row[] = [];
  for (const length of SHORT.lengths)
    for (const qber of SHORT.qbers) short.push(await measure(qber, length, SHORT.blocks));
  printTable(`LDPC, short blocks, ${SHORT.blocks} of them at each error rate`, short);
}

/** Each bit of a block flips with probability `qber`. */
async function measure(qber: number, length: number, blocks: number): Promise<Row> {
  const random = seededRandom(Math.round(qber * 1e6) + length);
  const { code: name, efficiency } = ldpcPlan(qber, length);
  const code = ldpcCode(name);
  const times: number[] = [];
  const iterations: number[] = [];
  let [failed, wrong] = [0, 0];
  for (let block = 0; block < blocks; block++) {
    const [sent, received] = noisyBlock(length, qber, random);
    const syndrome = ldpcSyndrome(code, sent);
    const { ms, result } = await timed(() => ldpcDecode(code, received, syndrome, qber));
    times.push(ms);
    iterations.push(result.iterations);
    if (!result.ok) failed++;
    else if (!equalBytes(result.bits, sent)) wrong++;
  }
  return {
    bits: number(length),
    QBER: `${number(100 * qber, 1)} %`,
    code: `${name.index} × ${name.lift}`,
    f: number(efficiency, 3),
    "not decoded": `${number((100 * failed) / blocks, 2)} %`,
    "decoded wrongly": `${wrong}`,
    iterations: number(median(iterations)),
    "Mbit/s": number(length / median(times) / 1000, 1),
  };
}

function noisyBlock(length: number, qber: number, random: () => number): [sent: Uint8Array, received: Uint8Array] {
  const sent = new Uint8Array(bytesForBits(length));
  for (let i = 0; i < length; i++) if (random() < 0.5) flipBit(sent, i);
  const received = sent.slice();
  for (let i = 0; i < length; i++) if (random() < qber) flipBit(received, i);
  return [sent, received];
}
