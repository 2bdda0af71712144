import { concat } from "./bytes.js";

/** The integers and length-prefixed vectors of the protocol, big-endian. Each returns the bytes of one field. */

export function u8(value: number): Uint8Array {
  return Uint8Array.of(range(value, 0xff));
}

export function u16(value: number): Uint8Array {
  range(value, 0xffff);
  return Uint8Array.of(value >>> 8, value & 0xff);
}

export function u32(value: number): Uint8Array {
  range(value, 0xffff_ffff);
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

export function u64(value: number): Uint8Array {
  range(value, Number.MAX_SAFE_INTEGER);
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

export function vec8(bytes: Uint8Array): Uint8Array {
  return concat(u8(bytes.length), bytes);
}

export function vec16(bytes: Uint8Array): Uint8Array {
  return concat(u16(bytes.length), bytes);
}

export function vec32(bytes: Uint8Array): Uint8Array {
  return concat(u32(bytes.length), bytes);
}

/** A wrong value here is a bug of ours, never of the outside; silently truncating it would forge a field. */
function range(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new RangeError(`Expected an integer from 0 to ${max}, got ${value}.`);
  return value;
}
