/** How long ago or how long, for people: the two largest units are too many, so one. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3_600, d: 86_400 };

/**
 * A moment as people write it: `90s`, `15min`, `2h`, `7d` before now, or ISO 8601 such as `2026-01-31` and
 * `2026-01-31T08:00:00Z`. Without a zone it is UTC, as in the log.
 * @returns ISO 8601, UTC, with milliseconds; undefined for what is neither
 */
export function moment(text: string, now: number): string | undefined {
  const [, amount, unit] = /^(\d+)\s*(s|min|m|h|d)$/.exec(text) ?? [];
  if (amount !== undefined) return isoOf(now - Number(amount) * UNITS[unit] * 1000);
  const iso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  if (!iso) return undefined;
  return isoOf(Date.parse(iso[1] === undefined && text.includes("T") ? `${text}Z` : text));
}

function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
