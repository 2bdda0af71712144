import { describe, it } from "node:test";
import { checkSchedules } from "../testing/schedules.js";

describe("a room under any schedule", () => {
  it("P5: becomes one again when it is left alone, and P6: nobody reads what was not sealed to them, or twice, a thousand times afresh", () =>
    checkSchedules({ numRuns: 1_000 }));
});
