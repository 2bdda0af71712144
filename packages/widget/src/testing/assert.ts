/** The few assertions that browser tests need, without a library. */
export function equal<T>(actual: T, expected: T, what = "value"): void {
  if (!Object.is(actual, expected)) throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

export function ok(value: unknown, what = "value"): asserts value {
  if (!value) throw new Error(`${what}: expected something, got ${show(value)}`);
}

export function includes(text: string | null | undefined, part: string): void {
  if (text === null || text === undefined || !text.includes(part))
    throw new Error(`expected ${show(part)} in ${show(text)}`);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
