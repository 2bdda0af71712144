/** Readers of the fields of JSON from outside, for the schemas. What does not fit is a `QsecError` `bad_request`. */
import { QsecError } from "./errors.js";

export type Fields = Record<string, unknown>;

const TEXT_MAX = 2_000;

export function bad(what: string): QsecError {
  return new QsecError("bad_request", `Malformed request: ${what}.`);
}

export function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad("an object was expected");
  return value as Fields;
}

/** Own properties only: a field that comes from a polluted prototype is not a field. */
export function get(object: Fields, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function integer(object: Fields, name: string, min: number, max: number): number {
  const value = get(object, name);
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw bad(`'${name}' must be an integer from ${min} to ${max}`);
  }
  return value;
}

export function text(object: Fields, name: string, max: number = TEXT_MAX): string {
  const value = get(object, name);
  if (typeof value !== "string" || value.length > max) throw bad(`'${name}' must be text of at most ${max} characters`);
  return value;
}

export function list<T>(object: Fields, name: string, max: number, parse: (value: unknown) => T): readonly T[] {
  const value = get(object, name);
  if (!Array.isArray(value) || value.length > max) throw bad(`'${name}' must be a list of at most ${max} entries`);
  return value.map(parse);
}
