/** The properties P1–P14 of the protocol's chapter on tests. */
import { it } from "node:test";
import fc from "fast-check";

const RUNS = Number(process.env["QSEC2_PROPERTY_RUNS"] ?? "100");
/** The usual runs are the same each time, so that a red build is red for everybody; those of the long suite are fresh. */
const SEED = process.env["QSEC2_PROPERTY_RUNS"] === undefined ? { seed: 20_261_101 } : {};

/** A test of something that holds for all inputs: 100 of them, or as many as the environment variable QSEC2_PROPERTY_RUNS says. */
export function property<Inputs>(
  title: string,
  checked: fc.IAsyncPropertyWithHooks<Inputs> | fc.IPropertyWithHooks<Inputs>,
): void {
  it(title, async () => {
    await fc.assert<Inputs>(checked as fc.IAsyncPropertyWithHooks<Inputs>, { numRuns: RUNS, ...SEED });
  });
}
