import assert from "node:assert/strict";
import { test } from "node:test";
import { isDrawer } from "./layout.js";

test("a narrow host turns first the telemetry, then the sidebar into a drawer", () => {
  const drawers = (width: number) => (["sidebar", "telemetry"] as const).filter((column) => isDrawer(column, width));
  assert.deepEqual(drawers(1440), []);
  assert.deepEqual(drawers(900), ["telemetry"]);
  assert.deepEqual(drawers(360), ["sidebar", "telemetry"]);
});
