import { QsecError } from "./errors.js";
import { TIME_MAX } from "./limits.js";

/**
 * Reads big-endian fields from a byte string. Strict: a field that is not wholly there, or bytes left over at
 * {@link Reader.end}, are a `DECODE` error, so that a message has one encoding only.
 *
 * Slices are copies: a caller may wipe them without touching the frame.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  #advance(length: number): number {
    if (length > this.remaining) throw new QsecError("DECODE", "The message ends in the middle of a field.");
    const at = this.#offset;
    this.#offset += length;
    return at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** @throws QsecError `DECODE` above 2⁵³ − 1, which no field of the protocol reaches honestly. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#advance(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new QsecError("DECODE", "A 64-bit field is out of range.");
    return Number(value);
  }

  /** Milliseconds since 1970. @throws QsecError `DECODE` above 8.64·10¹⁵, which no date can hold (ECMA-262, Time Values). */
  time(): number {
    const value = this.u64();
    if (value > TIME_MAX) throw new QsecError("DECODE", "A time is later than any date can say.");
    return value;
  }

  bytes(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#bytes.slice(at, at + length);
  }

  vec8(): Uint8Array {
    return this.bytes(this.u8());
  }

  vec16(): Uint8Array {
    return this.bytes(this.u16());
  }

  vec32(): Uint8Array {
    return this.bytes(this.u32());
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /** @throws QsecError `DECODE` when bytes are left. */
  end(): void {
    if (this.remaining !== 0) throw new QsecError("DECODE", "The message has bytes after its end.");
  }
}
