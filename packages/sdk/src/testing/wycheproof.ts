/** The format of the Wycheproof files (C2SP/wycheproof, `testvectors_v1`). Runs in browsers too. */

/** A test with the fields of its group. Byte strings are hex. */
export interface VectorCase {
  readonly tcId: number;
  /** Either outcome of an `acceptable` case is right. */
  readonly result: "valid" | "invalid" | "acceptable";
  readonly [field: string]: unknown;
}

/** The tests of all groups. @throws Error when there are none */
export function casesOf(json: unknown): readonly VectorCase[] {
  const groups = (json as { testGroups?: readonly { tests: readonly VectorCase[] }[] }).testGroups ?? [];
  const cases = groups.flatMap(({ tests, ...group }) => tests.map((test) => ({ ...group, ...test })));
  if (cases.length === 0) throw new Error("A file of test vectors holds no tests.");
  return cases;
}
