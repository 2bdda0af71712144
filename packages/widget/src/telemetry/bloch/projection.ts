import type { Vector } from "./states.js";

/** A point on the canvas, and how near it is to the eye (−1 behind … 1 in front). */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** Where the eye is: turned about Z, then raised. Degrees. +X comes out to the right and a little to the front. */
const AZIMUTH = (-32 * Math.PI) / 180;
const ELEVATION = (17 * Math.PI) / 180;
const [sinA, cosA] = [Math.sin(AZIMUTH), Math.cos(AZIMUTH)];
const [sinE, cosE] = [Math.sin(ELEVATION), Math.cos(ELEVATION)];

/** Orthographic projection of the unit sphere onto a circle of `radius` around (`cx`, `cy`); y grows downwards. */
export function project({ x, y, z }: Vector, cx: number, cy: number, radius: number): Point {
  const right = x * cosA - y * sinA;
  // −Y is towards the eye, so that X runs to the right as on paper.
  const away = x * sinA + y * cosA;
  return { x: cx + radius * right, y: cy - radius * (z * cosE + away * sinE), depth: z * sinE - away * cosE };
}
