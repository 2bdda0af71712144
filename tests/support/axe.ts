import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { RoomPage } from "./room-page.js";

const AXE = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with every rule that axe finds broken on the page, its shadow trees included. */
export async function assertAccessible({ page }: RoomPage, state: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await AXE);
  // What is under an open dialog is inert, and the page fetches nothing for a check.
  const results = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ["violations"], preload: false });
  });
  assert.ok(results.passes.length > 0, `${state}: axe checked nothing`);
  const broken = results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(" | ")}`,
  );
  assert.deepEqual(broken, [], state);
}

/** Fails when the page has to be scrolled sideways to be read, or a column of the room reaches out of it. */
export async function assertNoSidewaysScroll({ page }: RoomPage, state: string): Promise<void> {
  const [content, view] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(content <= view, `${state} is ${content} px wide in a window of ${view} px`);
}
