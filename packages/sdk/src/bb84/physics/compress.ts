import { bytesForBits } from "../bits.js";
import { LANES, popcount, wordsFor } from "./words.js";

/**
 * The bits that the mask selects, in order, as packed bits (`bits.ts`).
 * @param words a bit string in words, as long as `mask`
 * @param count the number of ones in `mask`
 */
export function compress(words: Uint32Array, mask: Uint32Array, count: number): Uint8Array {
  const { pushed, counts } = (tables ??= buildTables());
  const out = new Uint32Array(wordsFor(count));
  let held = 0; // bits that wait for a whole word, the last one lowest
  let holds = 0; // how many, fewer than 32; what stands above them is old
  let at = 0;
  for (let w = 0; w < mask.length; w++) {
    const selects = mask[w];
    const from = words[w];
    const m3 = selects >>> 24;
    const m2 = (selects >>> 16) & 0xff;
    const m1 = (selects >>> 8) & 0xff;
    const m0 = selects & 0xff;
    let taken = pushed[(m3 << 8) | (from >>> 24)];
    taken = (taken << counts[m2]) | pushed[(m2 << 8) | ((from >>> 16) & 0xff)];
    taken = (taken << counts[m1]) | pushed[(m1 << 8) | ((from >>> 8) & 0xff)];
    taken = (taken << counts[m0]) | pushed[(m0 << 8) | (from & 0xff)];
    const takes = counts[m3] + counts[m2] + counts[m1] + counts[m0];
    const spill = holds + takes - LANES;
    if (spill < 0) {
      held = (held << takes) | taken;
      holds += takes;
    } else {
      // A shift by 32 is one by 0 in JavaScript.
      out[at++] = holds === 0 ? taken : (held << (LANES - holds)) | (taken >>> spill);
      held = taken;
      holds = spill;
    }
  }
  if (holds > 0) out[at] = held << (LANES - holds);
  return bigEndian(out).subarray(0, bytesForBits(count));
}

interface Tables {
  /** At (mask << 8) | value, the bits of an 8-bit value that the mask selects, pushed together to the right. */
  readonly pushed: Uint8Array;
  /** The number of ones in 8 bits. */
  readonly counts: Uint8Array;
}

let tables: Tables | undefined;

function buildTables(): Tables {
  const pushed = new Uint8Array(65_536);
  for (let mask = 0; mask < 256; mask++) {
    for (let value = 0; value < 256; value++) {
      let bits = 0;
      for (let bit = 7; bit >= 0; bit--) if ((mask >>> bit) & 1) bits = (bits << 1) | ((value >>> bit) & 1);
      pushed[(mask << 8) | value] = bits;
    }
  }
  return { pushed, counts: Uint8Array.from({ length: 256 }, (_, byte) => popcount(byte)) };
}

/** The bytes of the words, the highest first, in place. */
function bigEndian(words: Uint32Array): Uint8Array {
  const view = new DataView(words.buffer);
  for (let w = 0; w < words.length; w++) view.setUint32(w * 4, words[w]);
  return new Uint8Array(words.buffer);
}
