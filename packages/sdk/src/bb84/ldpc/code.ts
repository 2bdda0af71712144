import { QsecError } from "../../wire/errors.js";
import { bitAt, bytesForBits, isPackedBits, setBit } from "../bits.js";
import { baseSize, circulantsOf, LDPC_CODES } from "./base-matrix.js";
import { LIFTS, MAXIMUM_BLOCK } from "./lifts.js";

/** Which code: a base matrix, its lifting size, and how many of the columns · lift bits are in use. */
export interface LdpcCodeName {
  /** The base matrix, 0 … `LDPC_CODES` − 1, the highest rate first. */
  readonly index: number;
  /** One of `LIFTS`. */
  readonly lift: number;
  /** Bits of a block, 1 … columns · lift; the rest is shortened: known to be 0 on both sides. */
  readonly length: number;
}

/** A parity-check matrix as lists of positions, ready for use. It may be used any number of times. */
export interface LdpcCode extends LdpcCodeName {
  /** Parity checks, that is bits of a syndrome. */
  readonly checks: number;
  /** Edges of each check of a base row; one number for each base row. */
  readonly rowDegrees: Uint8Array;
  /** The bits of check 0, of check 1 and so on; `rowDegrees` says how many each has. */
  readonly positions: Uint16Array;
}

/**
 * Lifts a base matrix. Base columns that are shortened as a whole are left out.
 * @throws QsecError `bad_option` for a code that does not exist
 */
export function ldpcCode({ index, lift, length }: LdpcCodeName): LdpcCode {
  if (!Number.isInteger(index) || index < 0 || index >= LDPC_CODES)
    throw new QsecError("bad_option", `There is no LDPC code ${index}; the codes are 0 … ${LDPC_CODES - 1}.`);
  if (!LIFTS.includes(lift))
    throw new QsecError("bad_option", `There is no lifting size ${lift}; there are ${LIFTS.join(", ")}.`);
  const { rows, columns } = baseSize(index);
  const longest = Math.min(columns * lift, MAXIMUM_BLOCK);
  if (!Number.isInteger(length) || length < 1 || length > longest)
    throw new QsecError("bad_option", `LDPC code ${index} of lifting size ${lift} takes 1 … ${longest} bits.`);

  const used = circulantsOf(index).filter(({ column }) => column * lift < length);
  const byRow = Array.from({ length: rows }, (_, row) => used.filter((circulant) => circulant.row === row));
  const positions = new Uint16Array(used.length * lift);
  let edge = 0;
  for (const row of byRow) {
    for (let i = 0; i < lift; i++) {
      for (const { column, shift } of row) positions[edge++] = column * lift + ((i + shift) % lift);
    }
  }
  const rowDegrees = Uint8Array.from(byRow, (row) => row.length);
  return { index, lift, length, checks: rows * lift, rowDegrees, positions };
}

/**
 * The syndrome s = H·x of a block.
 * @param bits `code.length` bits, packed
 * @returns `code.checks` bits, packed
 * @throws QsecError `bad_option` for a block of another length
 */
export function ldpcSyndrome(code: LdpcCode, bits: Uint8Array): Uint8Array {
  requireBlock(code, bits);
  const unpacked = unpackBits(bits, liftedLength(code));
  const syndrome = packBits(checkParities(code, unpacked));
  unpacked.fill(0);
  return syndrome;
}

/** @throws QsecError `bad_option` unless `bits` are the packed bits of a block */
export function requireBlock({ length }: LdpcCode, bits: Uint8Array): void {
  if (!isPackedBits(bits, length))
    throw new QsecError("bad_option", `A block of this code has ${length} bits, packed.`);
}

/** Bits that `positions` may name: the length, filled up to whole base columns. */
export function liftedLength({ length, lift }: LdpcCode): number {
  return Math.ceil(length / lift) * lift;
}

/** The parity of every check, one byte each. @param bits one byte each */
export function checkParities({ checks, lift, rowDegrees, positions }: LdpcCode, bits: Uint8Array): Uint8Array {
  const parities = new Uint8Array(checks);
  for (let row = 0, check = 0, edge = 0; row < rowDegrees.length; row++) {
    for (const next = check + lift; check < next; check++) {
      let parity = 0;
      for (const end = edge + rowDegrees[row]; edge < end; edge++) parity ^= bits[positions[edge]];
      parities[check] = parity;
    }
  }
  return parities;
}

/** One byte a bit, zeros behind the last one. */
export function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const bits = new Uint8Array(length);
  for (let i = Math.min(length, packed.length * 8) - 1; i >= 0; i--) bits[i] = bitAt(packed, i);
  return bits;
}

/** The inverse of {@link unpackBits}, for the first `length` bits. */
export function packBits(bits: Uint8Array, length: number = bits.length): Uint8Array {
  const packed = new Uint8Array(bytesForBits(length));
  for (let i = 0; i < length; i++) if (bits[i] === 1) setBit(packed, i);
  return packed;
}
