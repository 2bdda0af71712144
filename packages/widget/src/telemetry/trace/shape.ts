import { QsecError } from "@qsec2/sdk";

/** Reads one value of what came from outside, or refuses it; `path` is its place, for the error. */
export type Shape<T> = (value: unknown, path: string) => T;

function refuse(path: string, what: string): never {
  throw new QsecError("bad_option", `This is not a trace that can be shown: '${path}' must be ${what}.`);
}

export function oneOf<const T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value, path) => values.find((known) => known === value) ?? refuse(path, values.join(", "));
}

export function numberIn(low: number, high: number): Shape<number> {
  return (value, path) =>
    typeof value === "number" && value >= low && value <= high
      ? value
      : refuse(path, `a number from ${low} to ${high}`);
}

export function wholeIn(low: number, high: number): Shape<number> {
  return (value, path) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high
      ? (value as number)
      : refuse(path, `a whole number from ${low} to ${high}`);
}

/** @param length characters at most */
export function text(length: number): Shape<string> {
  return (value, path) =>
    typeof value === "string" && value.length <= length
      ? value
      : refuse(path, `a text of at most ${length} characters`);
}

export const yesOrNo: Shape<boolean> = (value, path) =>
  typeof value === "boolean" ? value : refuse(path, "true or false");

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

export function listOf<T>(shape: Shape<T>, length: number): Shape<T[]> {
  return (value, path) =>
    Array.isArray(value) && value.length <= length
      ? value.map((entry, i) => shape(entry, `${path}[${i}]`))
      : refuse(path, `a list of at most ${length}`);
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Read<F extends Fields> = { readonly [Name in keyof F]: ReturnType<F[Name]> };

/** An object with these fields, and others that may be missing. What else is in it is left out. */
export function objectOf<F extends Fields, O extends Fields = Record<never, never>>(
  needed: F,
  optional?: O,
): Shape<Read<F> & Partial<Read<O>>> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(path, "an object");
    const given = value as Readonly<Record<string, unknown>>;
    const read: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(needed)) read[name] = shape(given[name], `${path}.${name}`);
    for (const [name, shape] of Object.entries(optional ?? {}))
      if (given[name] !== undefined) read[name] = shape(given[name], `${path}.${name}`);
    return read as Read<F> & Partial<Read<O>>;
  };
}
