import { QsecError } from "../wire/errors.js";

/** @throws QsecError `bad_option` unless it is a number from `min` to `max` */
export function numberIn(name: string, value: unknown, min: number, max: number): number {
  if (typeof value !== "number" || !(value >= min && value <= max))
    throw new QsecError("bad_option", `'${name}' must be a number from ${min} to ${max}.`);
  return value;
}

/** @throws QsecError `bad_option` unless it is a whole number from `min` to `max` */
export function integerIn(name: string, value: unknown, min: number, max: number): number {
  if (!Number.isInteger(value) || numberIn(name, value, min, max) !== value)
    throw new QsecError("bad_option", `'${name}' must be a whole number from ${min} to ${max}.`);
  return value;
}

/** @throws QsecError `bad_option` unless it is an object that has no other keys than these */
export function onlyKnown(name: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new QsecError("bad_option", `'${name}' must be an object.`);
  for (const key of Object.keys(options)) {
    if (!known.includes(key))
      throw new QsecError("bad_option", `'${name}' has no option '${key}'; it has ${known.join(", ")}.`);
  }
}
