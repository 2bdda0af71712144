import type { Option } from "commander";
import { badOption } from "../options.js";

const ON: ReadonlySet<string> = new Set(["1", "true", "yes", "on"]);
const OFF: ReadonlySet<string> = new Set(["", "0", "false", "no", "off"]);

/**
 * Makes the variables of options without a value mean what they say. For commander such an option is on as soon as its
 * variable is there, so that `QSEC2_ALLOW_PLAINTEXT=0` would let plaintext through.
 * @param environment those that say no are taken out of it
 * @throws QsecError `bad_option` for what is neither yes nor no
 */
export function settleSwitches(options: readonly Option[], environment: NodeJS.ProcessEnv): void {
  for (const { required, optional, envVar } of options) {
    if (required || optional || envVar === undefined) continue;
    const value = environment[envVar]?.toLowerCase();
    if (value === undefined || ON.has(value)) continue;
    if (!OFF.has(value)) throw badOption(`${envVar} is 1 (or true, yes, on) or 0 (or false, no, off).`);
    delete environment[envVar];
  }
}
