/** Readers of the fields of a chat event. Both directions share them, and differ in the error that they make. */
import type { QsecError } from "../wire/errors.js";

/** What an event is read from: JSON of a peer, or an object of the application. Only own fields are looked at. */
export type Fields = object;
/** Says what is wrong with a field. */
export type Refuse = (what: string) => QsecError;

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own fields only: an operation named after something of `Object.prototype` must not find it. */
export function own(from: Fields, name: string): unknown {
  return Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : undefined;
}

export function integerOf(from: Fields, name: string, max: number, refuse: Refuse): number {
  const value = own(from, name);
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > max) {
    throw refuse(`'${name}' must be a whole number from 0 to ${max}.`);
  }
  // JSON may say −0.
  return value + 0;
}
