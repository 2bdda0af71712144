/** What the trace of the channel looks like, by the phase of the channel: the shape alone tells them apart, without colour. */
import type { ChannelPhase } from "../run.js";

/** How long the trace of an ended run takes from the left edge to the right one, ms. */
export const SWEEP_TIME = 900;
/** How long one photon takes across the screen, ms. */
export const FLIGHT_TIME = 1500;
/** From one photon to the next, ms. What is shown is a few of thousands. */
const PHOTON_EVERY = 210;
/** Photons on the screen at once, however many qubits a run has. */
export const PHOTONS_MAX = Math.ceil(FLIGHT_TIME / PHOTON_EVERY) + 1;

/** A photon on its way. */
export interface Photon {
  /** 0 at the sender … 1 at the receiver. */
  readonly at: number;
  /** 0 rectilinear, 1 diagonal. Made up for the picture: bases are not public while qubits fly. */
  readonly basis: 0 | 1;
}

/** The photons that are seen `time` ms after the first one left; after `stopped` ms no other one leaves. */
export function photonsAt(time: number, stopped = Infinity): readonly Photon[] {
  const photons: Photon[] = [];
  const newest = Math.floor(Math.min(time, stopped) / PHOTON_EVERY);
  for (let i = Math.max(0, newest - PHOTONS_MAX); i <= newest; i++) {
    const at = (time - i * PHOTON_EVERY) / FLIGHT_TIME;
    if (at >= 0 && at <= 1) photons.push({ at, basis: hash(i) < 0.5 ? 0 : 1 });
  }
  return photons;
}

/** A pseudo-random number for a whole number, 0 … 1; the same each time, so that a picture can be drawn again. */
export function hash(n: number): number {
  let x = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** The noise on a noisy trace changes this often, ms. */
const NOISE_TIME = 110;
/** Teeth of the noise across the screen. */
const NOISE_TEETH = 46;

/** Height of the trace, −1 … 1, at `u` from the left edge (0) to the right one (1), or null where the trace is broken. */
export function levelAt(phase: ChannelPhase, u: number, time: number): number | null {
  switch (phase) {
    case "IDLE":
    case "EXCHANGING":
      return 0;
    case "SECURE":
      return 0.62 * Math.sin(2 * Math.PI * (3 * u - time / 2200));
    case "NOISY":
      return 0.42 * Math.sin(2 * Math.PI * (3 * u - time / 2200)) + 0.5 * teeth(u, Math.floor(time / NOISE_TIME));
    case "EAVESDROPPER":
      return isBroken(u, time) ? null : 0.7 * Math.sign(Math.sin(2 * Math.PI * (5 * u - time / 1700))) * spike(u, time);
  }
}

/** A saw of random teeth, −1 … 1. */
function teeth(u: number, tick: number): number {
  const x = u * NOISE_TEETH;
  const tooth = Math.floor(x);
  const [from, to] = [hash(tooth + tick * 977), hash(tooth + 1 + tick * 977)];
  return 2 * (from + (to - from) * (x - tooth)) - 1;
}

/** Places where an eavesdropper has cut into the trace. */
const CUTS = 4;
const CUT_WIDTH = 0.075;
/** How long the cuts take once across the screen, ms. */
const CUTS_TIME = 14_000;

/** Where the trace of an eavesdropped channel is cut: the middle of each gap, 0 … 1. */
export function cutsAt(time: number): readonly number[] {
  return Array.from({ length: CUTS }, (_, i) => ((((i + 0.35 + 0.3 * hash(i)) / CUTS + time / CUTS_TIME) % 1) + 1) % 1);
}

function isBroken(u: number, time: number): boolean {
  return cutsAt(time).some((cut) => Math.abs(u - cut) < CUT_WIDTH / 2);
}

/** Uneven heights, as each pulse was sent on by somebody else than its sender. */
function spike(u: number, time: number): number {
  return 0.45 + 0.55 * hash(Math.floor(u * 10 - time / 850));
}
