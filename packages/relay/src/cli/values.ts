import { InvalidArgumentError } from "commander";
import { QsecError } from "@qsec2/sdk/wire";
import { checkHost, checkOrigin } from "../options.js";

/** Parsers of what people type; each throws a sentence that commander prints. */

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

export function seconds(max: number, min = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number of seconds from ${min} to ${max}.`);
  };
}

/** `https://a.example,https://b.example`, added to what earlier uses of the option gave. */
export const origins = listOf(checkOrigin);
/** `a.example,b.example`, likewise. */
export const hosts = listOf(checkHost);

function listOf(check: (text: string) => string): (text: string, before?: readonly string[]) => readonly string[] {
  return (text, before = []) => parseList(text, before, check);
}

function parseList(text: string, before: readonly string[], check: (text: string) => string): readonly string[] {
  try {
    const parts = text.split(",").map((part) => part.trim());
    return [...before, ...parts.filter((part) => part !== "").map(check)];
  } catch (error) {
    if (error instanceof QsecError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

export function database(text: string): string | false {
  if (text === "") throw new InvalidArgumentError("It must be the path of a file, or none.");
  return text === "none" ? false : text;
}

/** The address of a relay, with http or https. */
export function relayAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("It must be the address of a relay, such as http://localhost:3000.");
}
