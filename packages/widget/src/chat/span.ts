/** The part of a long list that stands in the page: from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How many entries come or go at a time. */
export const PAGE = 60;
/** More than this never stand in the page at once. */
export const SPAN_MAX = 3 * PAGE;

/** The newest. */
export function lastOf(length: number): Span {
  return { start: Math.max(0, length - PAGE), end: length };
}

/** The same part when the list has got longer or shorter; at the end of the list it goes on with it. */
export function kept({ start, end }: Span, length: number, lengthBefore: number, isFollowing: boolean): Span {
  const goesOn = isFollowing || (end >= lengthBefore && length - start <= SPAN_MAX);
  const to = goesOn ? length : Math.min(end, length);
  if (to === 0) return lastOf(length);
  // In front, a whole page goes at a time: a list of which each new row pushes one out never rests.
  if (isFollowing && to - start > SPAN_MAX) return { start: to - 2 * PAGE, end: to };
  return { start: Math.max(0, Math.min(start, to - PAGE)), end: to };
}

export function earlier({ start, end }: Span): Span {
  const from = Math.max(0, start - PAGE);
  return { start: from, end: Math.min(end, from + SPAN_MAX) };
}

export function later({ start, end }: Span, length: number): Span {
  const to = Math.min(length, end + PAGE);
  return { start: Math.max(start, to - SPAN_MAX), end: to };
}

/** The part around one entry; the present one if it is in it. */
export function around(index: number, span: Span, length: number): Span {
  if (index >= span.start && index < span.end) return span;
  const start = Math.max(0, Math.min(index - PAGE, length - 2 * PAGE));
  return { start, end: Math.min(length, start + 2 * PAGE) };
}
