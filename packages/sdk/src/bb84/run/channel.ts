import { QsecError } from "../../wire/errors.js";
import { chances } from "./chance.js";
import { setSymbol, symbolAt } from "./qubits.js";
import type { RandomBytes } from "../random.js";

/**
 * The quantum channel, a pure object inside the receiver. It is a simulation: what an eavesdropper does here happens
 * between the arrival of the qubits and their measurement, and nowhere else.
 */
export interface QuantumChannel {
  /** Probability that a measured bit flips at the detector (bit-flip convention: it is the QBER), 0 … 0.5. */
  readonly noise: number;
  /** Share of the qubits that an eavesdropper intercepts, measures in a random basis and resends, 0 … 1. */
  readonly eve: number;
  /**
   * Carries N qubits to the detector.
   * @param symbols N/4 bytes, see `qubits.ts`; not changed
   * @returns N/4 bytes in a new array, which the receiver zeroes after measuring
   */
  transmit(symbols: Uint8Array, random: RandomBytes): Uint8Array;
}

/** The simulated channel of a handshake's run. */
export interface ChannelOptions {
  /** 0 … 0.5 @default 0 */
  readonly noise?: number;
  /** 0 … 1 @default 0 */
  readonly eve?: number;
}

/**
 * A lossless channel with detector noise and an intercept-resend eavesdropper (Bennett and Brassard 1984): on a
 * fraction p of the qubits she causes a QBER of p/4.
 * @throws QsecError `bad_option` for a number out of range or an unknown option
 */
export function simulatedChannel(options: ChannelOptions = {}): QuantumChannel {
  for (const name of Object.keys(options)) {
    if (name !== "noise" && name !== "eve")
      throw new QsecError("bad_option", `A channel has no option '${name}'; it has 'noise' and 'eve'.`);
  }
  const noise = inRange("noise", options.noise ?? 0, 0.5);
  const eve = inRange("eve", options.eve ?? 0, 1);
  return { noise, eve, transmit: (symbols, random) => interceptResend(symbols, eve, random) };
}

/** The error rate of the sifted bits of such a channel, 0 … ½: noise ε and an eavesdropper on a share r give ε + r/4 − ε·r/2. */
export function expectedQber({ noise, eve }: Required<ChannelOptions>): number {
  return noise + eve / 4 - (noise * eve) / 2;
}

function inRange(name: string, value: unknown, max: number): number {
  if (typeof value !== "number" || !(value >= 0 && value <= max)) {
    throw new QsecError("bad_option", `The channel's '${name}' must be a number from 0 to ${max}.`);
  }
  return value;
}

function interceptResend(symbols: Uint8Array, share: number, random: RandomBytes): Uint8Array {
  const out = symbols.slice();
  if (share === 0) return out;
  const count = symbols.length * 4;
  const intercepted = chances(count, share, random);
  const coins = random(count); // bit 1: her basis; bit 0: her outcome where it is not the sender's basis
  for (let i = 0; i < count; i++) {
    if (!intercepted(i)) continue;
    const resent = coins[i] & 3;
    // In the sender's basis she reads the bit and resends what she got: the symbol as it was.
    if (resent >>> 1 !== symbolAt(symbols, i) >>> 1) setSymbol(out, i, resent);
  }
  return out;
}
