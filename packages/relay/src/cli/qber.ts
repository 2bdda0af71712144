import { readFileSync } from "node:fs";
import { Command } from "commander";
import { QsecError } from "@qsec2/sdk/wire";
import { computeQber, QBER_LIMIT_DEFAULT, type BitSequence, type QberReport } from "../qber.js";
import { print } from "./output.js";
import { wholeNumber } from "./values.js";

const HELP = `
ALICE and BOB are the bits of the two, text of 0 and 1 in the order of the qubits. SIFTED says at which
positions both used the same basis: a mask of as many 0 and 1, or the positions themselves with commas, from 0
(0,2,5; a single one as 3,). The first --limit of them are compared; the quantum bit error rate (QBER) is the
share of those that differ. A few bits say little about a long key.

Or give one JSON file (- for standard input):
  {"alice":"01101001","bob":"01001001","sifted":"10111011","limit":10}
where alice and bob may also be lists of 0 and 1, sifted a list of positions, and limit may be left out.

Exit code: 0 when a rate was computed, whatever it is; 1 when the input is wrong.

Examples:
  qsec2-relay qber 01101001 01001001 10111011
  qsec2-relay qber 01101001 01001001 0,2,3,4 --limit 3 --json
  qsec2-relay qber exchange.json`;

interface QberOptions {
  readonly limit?: number;
  readonly json?: true;
}

/** `qsec2-relay qber`: mismatches and QBER of two bit strings. */
export function qberCommand(): Command {
  return new Command("qber")
    .description("compare sifted bits of Alice and Bob: mismatches and QBER in percent")
    .usage("[options] ALICE BOB SIFTED | FILE.json")
    .argument("<alice>", "Alice's bits, or a JSON file with all three")
    .argument("[bob]", "Bob's bits")
    .argument("[sifted]", "where both used the same basis: a mask, or positions with commas")
    .option(
      "--limit <number>",
      `the most positions to compare (default: ${QBER_LIMIT_DEFAULT})`,
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
    )
    .option("--json", "one JSON object, for programs")
    .allowExcessArguments(false)
    .addHelpText("after", HELP)
    .action(qber);
}

async function qber(
  alice: string,
  bob: string | undefined,
  sifted: string | undefined,
  options: QberOptions,
): Promise<void> {
  const input = bob === undefined ? fromFile(alice) : { alice, bob, sifted: siftedOf(sifted) };
  const report = computeQber(
    ...([input.alice, input.bob, input.sifted] as [BitSequence, BitSequence, BitSequence]),
    options.limit ?? (input as { limit?: number }).limit,
  );
  await print(options.json ? JSON.stringify(report) : sentence(report));
}

function sentence({ sifted, compared, mismatches, positions, percent }: QberReport): string {
  const where = mismatches === 0 ? "" : ` (at ${positions.join(", ")})`;
  const what = mismatches === 1 ? "1 mismatch" : `${mismatches} mismatches`;
  return `${compared} of ${sifted} sifted bits compared, ${what}${where}\nQBER ${percent.toFixed(2)} %`;
}

function siftedOf(text: string | undefined): BitSequence {
  if (text === undefined) throw bad("SIFTED is missing: which positions both have measured in the same basis.");
  if (!text.includes(",")) return text;
  const parts = text.replace(/,$/, "").split(",");
  const wrong = parts.find((part) => !/^\s*\d+\s*$/.test(part));
  if (wrong !== undefined) throw bad(`'${wrong}' is no position; write them as 0,2,5.`);
  return parts.map(Number);
}

function fromFile(file: string): Record<"alice" | "bob" | "sifted", unknown> {
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw bad(`Give ALICE, BOB and SIFTED, or one JSON file; there is none that can be read at '${file}'.`, cause);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as ReturnType<typeof fromFile>;
  } catch (cause) {
    throw bad(`${file} is not JSON.`, cause);
  }
  throw bad(`${file} must be a JSON object with alice, bob and sifted.`);
}

function bad(message: string, cause?: unknown): QsecError {
  return new QsecError("bad_option", message, { cause });
}
