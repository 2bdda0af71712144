import type { Palette } from "../../theme/palette.js";
import { QBER_LIMIT } from "../run.js";
import type { SweepPoint } from "./experiment.js";
import type { TheoryPoint } from "./theory.js";

export interface PlotContent {
  readonly points: readonly SweepPoint[];
  /** What theory says, from the left edge to the right one. */
  readonly theory: readonly TheoryPoint[];
  /** The right end of the axis. */
  readonly end: number;
  /** What stands along the axis. */
  readonly axis: string;
  readonly limit: string;
  /** A share as it is written, without digits after the point. */
  readonly percent: (share: number) => string;
}

const [LEFT, RIGHT, TOP, BOTTOM] = [34, 20, 10, 36];
/** The top of the axis of error rates: a full intercept-resend gives 25 %. */
const QBER_END = 0.3;

/** Where a value and an error rate are on the canvas, CSS pixels. */
export function placeOn(width: number, height: number, end: number) {
  return (value: number, qber: number): readonly [number, number] => [
    LEFT + (value / end) * (width - LEFT - RIGHT),
    height - BOTTOM - (Math.min(qber, QBER_END) / QBER_END) * (height - TOP - BOTTOM),
  ];
}

/** Error rates as they were measured, as points, on the line that theory draws, with the limit across. */
export function drawSweep(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  content: PlotContent,
  colours: Palette,
): void {
  const place = placeOn(width, height, content.end);
  pen.clearRect(0, 0, width, height);
  pen.globalAlpha = 1;
  pen.font = "11px system-ui, sans-serif";
  drawAxes(pen, width, height, content, colours);
  line(pen, [place(0, QBER_LIMIT), place(content.end, QBER_LIMIT)], colours.red, [6, 4], 1.5);
  pen.fillStyle = colours.red;
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  const [x, y] = place(0, QBER_LIMIT);
  pen.fillText(content.limit, x + 4, y - 3);
  line(
    pen,
    content.theory.map(({ value, qber }) => place(value, qber)),
    colours.muted,
    [],
    1.75,
  );
  for (const { value, qber, keys } of content.points) drawPoint(pen, place(value, qber.measured), keys > 0, colours);
}

function drawAxes(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  { end, axis, percent }: PlotContent,
  colours: Palette,
): void {
  const place = placeOn(width, height, end);
  pen.fillStyle = colours.muted;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const qber of [0, 0.1, 0.2, 0.3]) {
    const [left, y] = place(0, qber);
    line(pen, [[left, y], place(end, qber)], colours.line, [], 1);
    pen.fillText(percent(qber), left - 4, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const [x, y] = place(part * end, 0);
    pen.fillText(percent(part * end), x, y + 8);
  }
  pen.textBaseline = "bottom";
  pen.fillText(axis, (LEFT + width - RIGHT) / 2, height - 1);
}

function line(
  pen: CanvasRenderingContext2D,
  places: readonly (readonly [number, number])[],
  colour: string,
  dash: number[],
  thickness: number,
): void {
  pen.strokeStyle = colour;
  pen.lineWidth = thickness;
  pen.setLineDash(dash);
  pen.beginPath();
  places.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.stroke();
  pen.setLineDash([]);
}

/** A dot where at least one run gave a key, a cross where none did. */
function drawPoint(
  pen: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  isKeyed: boolean,
  colours: Palette,
): void {
  if (isKeyed) {
    pen.fillStyle = colours.teal;
    pen.beginPath();
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  line(
    pen,
    [
      [x - 4, y - 4],
      [x + 4, y + 4],
    ],
    colours.red,
    [],
    2,
  );
  line(
    pen,
    [
      [x - 4, y + 4],
      [x + 4, y - 4],
    ],
    colours.red,
    [],
    2,
  );
}
