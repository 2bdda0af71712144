import assert from "node:assert/strict";
import { test } from "node:test";
import { tokens } from "./tokens.js";

type Scheme = 0 | 1;

function colour(name: string, scheme: Scheme): number[] {
  const pair = new RegExp(
    `--_${name}:\\s*var\\(\\s*--qsec-${name},\\s*light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`,
  ).exec(tokens.cssText);
  assert.ok(pair, `token ${name}`);
  return [1, 3, 5].map((at) => Number.parseInt(pair[scheme + 1].slice(at, at + 2), 16));
}

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: number[]): number {
  const [r, g, b] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: number[], other: number[]): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function tinted(background: number[], tint: number[], share: number): number[] {
  return background.map((value, i) => value * (1 - share) + tint[i] * share);
}

for (const [scheme, name] of [
  [0, "light"],
  [1, "dark"],
] as const) {
  test(`every text colour reads on every surface of the ${name} theme (4.5 to 1)`, () => {
    for (const surface of ["bg", "surface", "raised"]) {
      for (const text of ["text", "muted", "teal", "amber", "red"]) {
        const ratio = contrast(colour(text, scheme), colour(surface, scheme));
        assert.ok(ratio >= 4.5, `${text} on ${surface}: ${ratio.toFixed(2)}`);
      }
    }
    assert.ok(contrast(colour("text", scheme), colour("own", scheme)) >= 4.5);
    assert.ok(contrast(colour("on-accent", scheme), colour("accent", scheme)) >= 4.5);
  });

  test(`the words of a chip read on their own tint in the ${name} theme (4.5 to 1)`, () => {
    for (const text of ["muted", "teal", "amber", "red"]) {
      const surface = tinted(colour("surface", scheme), colour(text, scheme), 0.11);
      const ratio = contrast(colour(text, scheme), surface);
      assert.ok(ratio >= 4.5, `${text}: ${ratio.toFixed(2)}`);
    }
  });

  test(`outlines of fields and buttons can be made out in the ${name} theme (3 to 1)`, () => {
    for (const surface of ["bg", "surface"])
      assert.ok(contrast(colour("border", scheme), colour(surface, scheme)) >= 3);
  });
}
