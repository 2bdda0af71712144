/**
 * Runs BB84 in the laboratory and prints its ledger, or a table of many runs.
 *
 *     npm run bb84 -- --qubits 65536 --noise 0.03 --eve 0.2
 *     npm run bb84 -- --qubits 65536 --sweep eve=0,0.1,0.25,1 --runs 5
 *     npm run bb84 -- --help
 *
 * Exit code 0 when it ran, with a key or without; 2 for options that cannot be.
 */
import { exchange, sweep } from "@qsec2/sdk/bb84";
import { inFlags, readArguments, USAGE } from "./arguments.js";
import { printExchange } from "./print-exchange.js";
import { printSweep } from "./print-sweep.js";

try {
  const asked = readArguments(process.argv.slice(2));
  if (asked.help) console.log(USAGE);
  else if (asked.swept === null) printExchange(asked.options, exchange(asked.options));
  else {
    const { name, parameter, values, valueOf } = asked.swept;
    printSweep(name, values, sweep(parameter, values.map(valueOf), { ...asked.options, runs: asked.runs }));
    console.log(`\nThe same again: --seed ${asked.options.seed}`);
  }
} catch (error) {
  if (!isWrongUse(error)) throw error;
  console.error(`${inFlags(error.message)}\n\n${USAGE}`);
  process.exitCode = 2;
}

/** Of the engine, or of Node's reader of arguments. */
function isWrongUse(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "bad_option" || code.startsWith("ERR_PARSE_ARGS_");
}
