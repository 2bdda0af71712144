import type { DisclosedQubit } from "@qsec2/sdk";
import { angleBetween, angleOf, onCircle, type Basis, type Vector } from "./states.js";

/** How long one qubit stays in the picture, ms. */
export const QUBIT_TIME = 640;
/** How many of the disclosed qubits are shown one by one. */
export const SHOWN_MAX = 32;

/** What is to be drawn at one moment. */
export interface Scene {
  /** The state of the qubit, or null while nothing is known of it. */
  readonly arrow: Vector | null;
  /** Colour of the arrow: the basis of the state it shows, or null for the free orbit. */
  readonly basis: Basis | null;
  /** 0 … 1; a state whose result is not disclosed fades. */
  readonly strength: number;
  /** What was sent, drawn thin behind the arrow once they differ. */
  readonly sent: Vector | null;
  /** The axis that is lit: the sender's basis, and from the moment of measurement the receiver's. */
  readonly axis: Basis | null;
  /** 0 … 1: the ring that runs out from the tip when the bases differ; null: none. */
  readonly collapse: number | null;
}

export const NOTHING: Scene = { arrow: null, basis: null, strength: 1, sent: null, axis: null, collapse: null };

/** At most {@link SHOWN_MAX} of the qubits, evenly spread, so that no kind of outcome is favoured. */
export function pickShown(qubits: readonly DisclosedQubit[]): readonly DisclosedQubit[] {
  if (qubits.length <= SHOWN_MAX) return qubits;
  return Array.from({ length: SHOWN_MAX }, (_, i) => qubits[Math.floor((i * qubits.length) / SHOWN_MAX)]);
}

export type Comparison = "match" | "error" | "collapse";

/** How a measurement went: same basis and bit, same basis and another bit, or another basis. */
export function compare({ sent, measured }: DisclosedQubit): Comparison {
  if (sent.basis !== measured.basis) return "collapse";
  return sent.bit === null || measured.bit === null || measured.bit === sent.bit ? "match" : "error";
}

const MEASURED_AT = 0.4;
const SETTLED_AT = 0.62;

/** One qubit at `t` = 0 (sent) … 1 (measured and settled). */
export function sceneOf(qubit: DisclosedQubit, t: number): Scene {
  const { sent, measured } = qubit;
  const from = sent.bit === null ? null : angleOf(sent.basis, sent.bit);
  const to = measured.bit === null ? null : angleOf(measured.basis, measured.bit);
  const progress = ease((t - MEASURED_AT) / (SETTLED_AT - MEASURED_AT));
  const before = t < MEASURED_AT;
  // Until it is measured, a qubit whose bit is unknown here shows the axis it lies on, and no arrow.
  const base = { ...NOTHING, axis: before ? sent.basis : measured.basis };
  if (before) return from === null ? base : { ...base, arrow: onCircle(from), basis: sent.basis };
  const collapse = compare(qubit) === "collapse" ? clamp((t - MEASURED_AT) / (1 - MEASURED_AT)) : null;
  if (to === null) {
    return from === null
      ? base
      : { ...base, arrow: onCircle(from), basis: sent.basis, strength: 1 - 0.7 * progress, collapse };
  }
  if (from === null) return { ...base, arrow: onCircle(to), basis: measured.basis, strength: progress };
  return {
    ...base,
    arrow: onCircle(angleBetween(from, to, progress)),
    basis: progress < 0.5 ? sent.basis : measured.basis,
    sent: from === to ? null : onCircle(from),
    collapse,
  };
}

/** How long the arrow takes from the last qubit into its orbit, ms. */
const INTO_ORBIT = 1200;

/** The arrow of a finished run: once round the axis in nine seconds, nodding slowly. `time` in ms, `from` is where it starts. */
export function orbitScene(time: number, from: Vector | null): Scene {
  const azimuth = (time / 9000) * 2 * Math.PI;
  const polar = (62 + 14 * Math.sin(time / 3100)) * (Math.PI / 180);
  const target = { x: Math.sin(polar) * Math.cos(azimuth), y: Math.sin(polar) * Math.sin(azimuth), z: Math.cos(polar) };
  return { ...NOTHING, arrow: from === null ? target : blend(from, target, ease(time / INTO_ORBIT)) };
}

export interface Moment {
  readonly scene: Scene;
  /** Which of the shown qubits it is, from 0; null in the orbit and when there is none. */
  readonly index: number | null;
  /** False when nothing will move any more. */
  readonly moving: boolean;
}

/** The picture `time` ms after a run's qubits were disclosed: each in turn, then the orbit if the run gave a key. */
export function momentAt(shown: readonly DisclosedQubit[], time: number, keyed: boolean): Moment {
  const end = shown.length * QUBIT_TIME;
  const last = shown.at(-1);
  const settled = last === undefined ? NOTHING : sceneOf(last, 1);
  if (time < end) {
    const index = Math.floor(time / QUBIT_TIME);
    return { scene: sceneOf(shown[index], (time % QUBIT_TIME) / QUBIT_TIME), index, moving: true };
  }
  if (keyed) return { scene: orbitScene(time - end, settled.arrow), index: null, moving: true };
  return { scene: settled, index: last === undefined ? null : shown.length - 1, moving: false };
}

function blend(a: Vector, b: Vector, t: number): Vector {
  const mixed = { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, z: a.z + (b.z - a.z) * t };
  const length = Math.hypot(mixed.x, mixed.y, mixed.z);
  return length < 1e-6 ? b : { x: mixed.x / length, y: mixed.y / length, z: mixed.z / length };
}

function clamp(t: number): number {
  return Math.min(Math.max(t, 0), 1);
}

/** Smoothstep: starts and ends at rest. */
function ease(t: number): number {
  const c = clamp(t);
  return c * c * (3 - 2 * c);
}
