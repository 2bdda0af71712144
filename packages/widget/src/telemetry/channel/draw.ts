import type { Palette } from "../../theme/palette.js";
import type { ChannelPhase } from "../run.js";
import { cutsAt, levelAt, photonsAt, SWEEP_TIME, type Photon } from "./signal.js";

/** One moment of the screen. */
export interface Screen {
  readonly phase: ChannelPhase;
  /** Clock of the picture, ms. */
  readonly time: number;
  /** Since the phase began, ms; a long time for a still. */
  readonly since: number;
  /** True where an exchange was seen just before: its last photons arrive while the new trace comes in. */
  readonly afterExchange: boolean;
}

export const PHASE_COLOUR: Readonly<Record<ChannelPhase, keyof Palette>> = {
  IDLE: "muted",
  EXCHANGING: "teal",
  SECURE: "teal",
  NOISY: "amber",
  EAVESDROPPER: "red",
};

/** Room for the trace above and below its middle, as a share of the height. */
const REACH = 0.4;

/** Draws the graticule, the trace and what flies on it. Width and height in CSS pixels. */
export function drawChannel(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  screen: Screen,
  colours: Palette,
): void {
  pen.clearRect(0, 0, width, height);
  pen.lineCap = "round";
  pen.lineJoin = "round";
  drawGraticule(pen, width, height, colours);
  const { phase, time, since, afterExchange } = screen;
  const isRunning = phase === "EXCHANGING";
  const front = isRunning || phase === "IDLE" ? 1 : Math.min(1, since / SWEEP_TIME);
  drawTrace(pen, width, height, screen, front, colours[PHASE_COLOUR[phase]]);
  if (front < 1) drawBaseline(pen, width * front, width, height / 2, colours.muted);
  const photons = isRunning ? photonsAt(since) : afterExchange ? photonsAt(time, time - since) : [];
  for (const photon of photons) if (isRunning || photon.at > front) drawPhoton(pen, width, height, photon, colours);
  if (phase === "EAVESDROPPER")
    drawCuts(
      pen,
      width,
      height,
      cutsAt(time).filter((at) => at < front),
      colours.red,
    );
  pen.globalAlpha = 1;
}

const COLUMNS = 10;
const ROWS = 4;

function drawGraticule(pen: CanvasRenderingContext2D, width: number, height: number, colours: Palette): void {
  pen.strokeStyle = colours.line;
  // In forced colours hairlines have the colour of the text: they must not drown the trace.
  pen.globalAlpha = colours.line === colours.muted ? 0.3 : 1;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  for (let column = 1; column < COLUMNS; column++) {
    const x = Math.round((width * column) / COLUMNS) + 0.5;
    pen.moveTo(x, 0);
    pen.lineTo(x, height);
  }
  for (let row = 1; row < ROWS; row++) {
    const y = Math.round((height * row) / ROWS) + 0.5;
    pen.moveTo(0, y);
    pen.lineTo(width, y);
  }
  pen.stroke();
}

function drawTrace(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  screen: Screen,
  front: number,
  colour: string,
): void {
  const { phase, time } = screen;
  if (phase === "IDLE" || phase === "EXCHANGING") {
    drawBaseline(pen, 0, width, height / 2, colour, phase === "IDLE" ? [2, 7] : []);
    return;
  }
  pen.strokeStyle = colour;
  pen.globalAlpha = 1;
  pen.lineWidth = phase === "SECURE" ? 2.25 : 1.75;
  pen.setLineDash([]);
  pen.beginPath();
  let down = false;
  // A point for every other pixel; on a very wide screen fewer.
  const step = Math.max(2, width / 600);
  for (let x = 0; x <= width * front; x += step) {
    const level = levelAt(phase, x / width, time);
    if (level === null) {
      down = false;
      continue;
    }
    const y = height * (0.5 - REACH * level);
    if (down) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    down = true;
  }
  pen.stroke();
}

function drawBaseline(
  pen: CanvasRenderingContext2D,
  from: number,
  to: number,
  y: number,
  colour: string,
  dash: number[] = [],
): void {
  pen.strokeStyle = colour;
  pen.globalAlpha = dash.length > 0 ? 1 : 0.55;
  pen.lineWidth = 1.25;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(from, y);
  pen.lineTo(to, y);
  pen.stroke();
  pen.setLineDash([]);
}

/** Half the length of a photon's wave, CSS pixels. */
const PACKET = 15;

/** A short wave in the colour of its basis, and above it how it is polarised: + rectilinear, × diagonal. */
function drawPhoton(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  { at, basis }: Photon,
  colours: Palette,
): void {
  const [cx, cy] = [at * (width + 2 * PACKET) - PACKET, height / 2];
  const colour = basis === 0 ? colours.teal : colours.amber;
  pen.strokeStyle = colour;
  pen.globalAlpha = 1;
  pen.lineWidth = 2;
  pen.beginPath();
  for (let x = -PACKET; x <= PACKET; x += 1.5) {
    const envelope = Math.cos((x / PACKET) * (Math.PI / 2)) ** 2;
    const y = cy - height * REACH * 0.62 * envelope * Math.sin(x * 0.85);
    if (x === -PACKET) pen.moveTo(cx + x, y);
    else pen.lineTo(cx + x, y);
  }
  pen.stroke();
  const [mark, up] = [3.5, height * 0.12];
  pen.lineWidth = 1.5;
  pen.beginPath();
  const [a, b] = basis === 0 ? [mark * 1.2, 0] : [mark, mark];
  pen.moveTo(cx - a, up - b);
  pen.lineTo(cx + a, up + b);
  pen.moveTo(cx - b, up + a);
  pen.lineTo(cx + b, up - a);
  pen.stroke();
}

function drawCuts(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  cuts: readonly number[],
  colour: string,
): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const cut of cuts) {
    const [x, y] = [cut * width, height / 2];
    pen.moveTo(x - 5, y - 5);
    pen.lineTo(x + 5, y + 5);
    pen.moveTo(x - 5, y + 5);
    pen.lineTo(x + 5, y - 5);
  }
  pen.stroke();
}
