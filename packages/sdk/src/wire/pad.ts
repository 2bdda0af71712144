import { concat } from "./bytes.js";
import { QsecError } from "./errors.js";
import { Reader } from "./reader.js";
import { u32 } from "./writer.js";

const SMALLEST_BUCKET = 256;

/** The smallest 256·2^k ≥ 4 + length: all that a ciphertext's length tells. */
export function bucket(length: number): number {
  let size = SMALLEST_BUCKET;
  while (size < 4 + length) size *= 2;
  return size;
}

/** pad(c) = u32(len c) ‖ c ‖ zeros up to {@link bucket}. */
export function pad(content: Uint8Array): Uint8Array {
  return concat(u32(content.length), content, new Uint8Array(bucket(content.length) - 4 - content.length));
}

/** @throws QsecError `PADDING` when the size is not the bucket of the content or a padding byte is not zero. */
export function unpad(padded: Uint8Array): Uint8Array {
  const bad = () => new QsecError("PADDING", "The padding of a message is wrong.");
  if (padded.length < SMALLEST_BUCKET) throw bad();
  const reader = new Reader(padded);
  const length = reader.u32();
  if (length > reader.remaining || bucket(length) !== padded.length) throw bad();
  let rest = 0;
  for (const byte of padded.subarray(4 + length)) rest |= byte;
  if (rest !== 0) throw bad();
  return reader.bytes(length);
}
