import "axe-core/axe.min.js";
import type { AxeResults, RunOptions } from "axe-core";

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

/** Fails with every rule that axe finds broken in `element`, its shadow trees included. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations, passes } = await axe.run(element, { resultTypes: ["violations"] });
  if (passes.length === 0) throw new Error("axe checked nothing");
  const broken = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => String(node.target)).join(" | ")}`);
  if (broken.length > 0) throw new Error(`axe: ${broken.join("; ")}`);
}
