import type { Palette } from "../../theme/palette.js";
import type { Scene } from "./model.js";
import { project, type Point } from "./projection.js";
import { ketOf, vectorOf, type Basis, type Bit, type Vector } from "./states.js";

/** The sphere on the canvas: centre and radius in CSS pixels, and where a point of it falls. */
interface Globe {
  readonly cx: number;
  readonly cy: number;
  readonly radius: number;
  readonly at: (vector: Vector) => Point;
}

/** From the rim of the sphere to the middle of a state's name, CSS pixels. */
const LABEL_GAP = 15;

/** Draws the sphere, its axes and states, and the arrow of `scene`. Width and height in CSS pixels. */
export function drawBloch(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  scene: Scene,
  colours: Palette,
): void {
  const [cx, cy] = [width / 2, height / 2];
  const radius = Math.max(Math.min(width, height) / 2 - LABEL_GAP - 10, 10);
  const at = (vector: Vector): Point => project(vector, cx, cy, radius);
  const globe: Globe = { cx, cy, radius, at };
  pen.clearRect(0, 0, width, height);
  pen.lineCap = "round";
  drawGlobe(pen, globe, colours);
  drawAxis(pen, 0, scene.axis === 0, globe, colours);
  drawAxis(pen, 1, scene.axis === 1, globe, colours);
  if (scene.sent !== null) drawArrow(pen, at(scene.sent), cx, cy, colours.muted, 1.25, 0.7);
  if (scene.arrow !== null) {
    const tip = at(scene.arrow);
    const colour = scene.basis === null ? colours.teal : basisColour(scene.basis, colours);
    drawArrow(pen, tip, cx, cy, colour, 3, scene.strength);
    if (scene.collapse !== null) drawRing(pen, tip, 5 + scene.collapse * 18, 1 - scene.collapse, colour);
  }
  pen.globalAlpha = 1;
}

function basisColour(basis: Basis, colours: Palette): string {
  return basis === 0 ? colours.teal : colours.amber;
}

function drawGlobe(pen: CanvasRenderingContext2D, { cx, cy, radius, at }: Globe, colours: Palette): void {
  pen.globalAlpha = 0.35;
  pen.fillStyle = colours.line;
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  pen.arc(cx, cy, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = 0.75;
  pen.stroke();
  const equator = (angle: number): Vector => ({ x: Math.cos(angle), y: Math.sin(angle), z: 0 });
  const meridian = (angle: number): Vector => ({ x: Math.sin(angle), y: 0, z: Math.cos(angle) });
  for (const circle of [equator, meridian]) {
    drawCircle(pen, circle, at, true);
    drawCircle(pen, circle, at, false);
  }
}

const SEGMENTS = 72;

/** Half of a great circle: what is in front solid, what is behind faint and dashed. */
function drawCircle(
  pen: CanvasRenderingContext2D,
  circle: (angle: number) => Vector,
  at: (v: Vector) => Point,
  behind: boolean,
): void {
  pen.globalAlpha = behind ? 0.35 : 0.55;
  pen.setLineDash(behind ? [3, 4] : []);
  pen.beginPath();
  let down = false;
  for (let i = 0; i <= SEGMENTS; i++) {
    const point = at(circle((i / SEGMENTS) * 2 * Math.PI));
    if (point.depth < 0 !== behind) down = false;
    else if (down) pen.lineTo(point.x, point.y);
    else {
      pen.moveTo(point.x, point.y);
      down = true;
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}

function drawAxis(pen: CanvasRenderingContext2D, basis: Basis, lit: boolean, globe: Globe, colours: Palette): void {
  const { at } = globe;
  const [one, other] = [at(vectorOf(basis, 0)), at(vectorOf(basis, 1))];
  const colour = basisColour(basis, colours);
  pen.strokeStyle = colour;
  pen.globalAlpha = lit ? 1 : 0.5;
  pen.lineWidth = lit ? 2 : 1;
  pen.beginPath();
  pen.moveTo(one.x, one.y);
  pen.lineTo(other.x, other.y);
  pen.stroke();
  pen.globalAlpha = 1;
  pen.fillStyle = colour;
  pen.font = "600 13px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const bit of [0, 1] as const) drawState(pen, basis, bit, globe);
}

/** A dot on the sphere, and its name just outside the rim. */
function drawState(pen: CanvasRenderingContext2D, basis: Basis, bit: Bit, { cx, cy, radius, at }: Globe): void {
  const dot = at(vectorOf(basis, bit));
  const reach = (radius + LABEL_GAP) / Math.hypot(dot.x - cx, dot.y - cy);
  pen.beginPath();
  pen.arc(dot.x, dot.y, 2.5, 0, 2 * Math.PI);
  pen.fill();
  pen.fillText(ketOf(basis, bit), cx + (dot.x - cx) * reach, cy + (dot.y - cy) * reach);
}

function drawArrow(
  pen: CanvasRenderingContext2D,
  tip: Point,
  cx: number,
  cy: number,
  colour: string,
  width: number,
  alpha: number,
): void {
  const length = Math.hypot(tip.x - cx, tip.y - cy);
  pen.globalAlpha = alpha;
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.lineWidth = width;
  // Pointing at the eye, an arrow is a dot.
  if (length > 1) {
    const [ux, uy] = [(tip.x - cx) / length, (tip.y - cy) / length];
    const head = Math.min(4 + width * 2.2, length);
    const neck = { x: tip.x - ux * head, y: tip.y - uy * head };
    pen.beginPath();
    pen.moveTo(cx, cy);
    pen.lineTo(neck.x, neck.y);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(tip.x, tip.y);
    pen.lineTo(neck.x - uy * head * 0.5, neck.y + ux * head * 0.5);
    pen.lineTo(neck.x + uy * head * 0.5, neck.y - ux * head * 0.5);
    pen.closePath();
    pen.fill();
  }
  pen.beginPath();
  pen.arc(cx, cy, width, 0, 2 * Math.PI);
  pen.fill();
}

function drawRing(pen: CanvasRenderingContext2D, tip: Point, radius: number, alpha: number, colour: string): void {
  pen.globalAlpha = alpha;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(tip.x, tip.y, radius, 0, 2 * Math.PI);
  pen.stroke();
}
