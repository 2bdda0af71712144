import { FieldMultiplier } from "./binary-field.js";

/** Bytes of a block, of a point and of a value. */
export const FIELD_BYTES = 8;

/**
 * The polynomial b₁rᴸ + b₂rᴸ⁻¹ + … + b_L·r at a point r of GF(2⁶⁴), for blocks b of 8 bytes that come one after the
 * other. As it has no constant term, two different sequences of at most L blocks that differ in more than zeros in front
 * have values with a given difference at no more than L points.
 */
export class PolynomialValue {
  readonly #point: FieldMultiplier;

  /** @param point 8 bytes */
  constructor(point: Uint8Array) {
    const view = viewOf(point);
    this.#point = new FieldMultiplier(view.getInt32(0), view.getInt32(4));
  }

  /** Takes the next blocks; the last is filled up with zeros. */
  absorb(bytes: Uint8Array): void {
    const point = this.#point;
    const view = viewOf(bytes);
    const whole = bytes.length - (bytes.length % FIELD_BYTES);
    for (let at = 0; at < whole; at += FIELD_BYTES)
      point.multiply(point.high ^ view.getInt32(at), point.low ^ view.getInt32(at + 4));
    if (whole === bytes.length) return;
    const last = new Uint8Array(FIELD_BYTES);
    last.set(bytes.subarray(whole));
    this.absorb(last);
    last.fill(0);
  }

  /** 8 bytes, a new array. */
  value(): Uint8Array {
    const out = new Uint8Array(FIELD_BYTES);
    const view = viewOf(out);
    view.setInt32(0, this.#point.high);
    view.setInt32(4, this.#point.low);
    return out;
  }

  wipe(): void {
    this.#point.wipe();
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
