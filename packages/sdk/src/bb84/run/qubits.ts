/**
 * Qubits as classical symbols of the simulation: `(basis << 1) | bit`, basis 0 rectilinear (|0⟩ |1⟩), 1 diagonal
 * (|+⟩ |−⟩); two bits each, four to a byte, most significant first.
 */
import { flipBit } from "../bits.js";

/** Bytes of n symbols; n is a multiple of 4. */
export function bytesForQubits(count: number): number {
  return count >>> 2;
}

/** 0 … 3 */
export function symbolAt(symbols: Uint8Array, index: number): number {
  return (symbols[index >>> 2] >>> shiftOf(index)) & 3;
}

/** @param symbol 0 … 3 */
export function setSymbol(symbols: Uint8Array, index: number, symbol: number): void {
  const shift = shiftOf(index);
  symbols[index >>> 2] = (symbols[index >>> 2] & ~(3 << shift)) | (symbol << shift);
}

/** The bases and the bits of a run of symbols, as two bit strings. */
export function splitSymbols(symbols: Uint8Array): { bases: Uint8Array; bits: Uint8Array } {
  const bases = new Uint8Array(symbols.length >>> 1);
  const bits = new Uint8Array(symbols.length >>> 1);
  for (let i = 0; i < symbols.length * 4; i++) {
    const symbol = symbolAt(symbols, i);
    flipBit(bases, i, symbol >>> 1 ? 1 : 0);
    flipBit(bits, i, symbol & 1 ? 1 : 0);
  }
  return { bases, bits };
}

function shiftOf(index: number): number {
  return 6 - 2 * (index & 3);
}
