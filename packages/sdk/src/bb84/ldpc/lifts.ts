/**
 * The lifting sizes k · 2ʲ for k = 16 … 31, that is 16 … 1,024: no step is larger than a sixteenth. On the wire a size is its
 * index in this list.
 */
export const LIFTS: readonly number[] = Array.from({ length: 97 }, (_, i) => (16 + (i % 16)) * 2 ** (i >>> 4));

/** The longest block, whatever the code: its positions have 16 bits. */
export const MAXIMUM_BLOCK = 65_536;
