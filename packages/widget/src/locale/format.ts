/** `0.254` → "25.4 %" in the reader's language. @param digits after the point */
export function percent(share: number, language?: string, digits = 1): string {
  return new Intl.NumberFormat(language, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

export function integer(value: number, language?: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/** A number with as many digits after the point as it has, at most two. */
export function decimal(value: number, language?: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** A length of time as "4:05" or "1:04:05"; negative lengths (a clock set back) count as none. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Hours and minutes, as the reader writes them. */
export function timeOfDay(at: number, language?: string): string {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** Year, month and day, as the reader writes them. */
export function day(at: number, language?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(at);
}

/** Hours, minutes, seconds; always two digits each, for columns. */
export function preciseTime(at: number, language?: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** "alice, bob and carol", as the language says it. Names in letters that may run the other way move nothing around them. */
export function list(names: readonly string[], language?: string): string {
  const isolated = names.map((name) => (/[^ -ʯ]/.test(name) ? `\u2068${name}\u2069` : name));
  return new Intl.ListFormat(language, { type: "conjunction" }).format(isolated);
}
