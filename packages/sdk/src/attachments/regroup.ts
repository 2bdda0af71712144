/** Turns pieces of any sizes into pieces of one size; the last one is shorter and may be empty. */

/**
 * Yields every full piece and then, always, what is left: 0 to size − 1 bytes. A reader can thus tell a stream that
 * ended on a full piece from one that went on. Holds at most one piece; each yielded array is the receiver's own.
 */
export async function* regroup(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const bytes of source) {
    let taken = 0;
    while (taken < bytes.length) {
      const count = Math.min(size - filled, bytes.length - taken);
      piece.set(bytes.subarray(taken, taken + count), filled);
      filled += count;
      taken += count;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
  yield piece.subarray(0, filled);
}
