import { isPreviewable } from "@qsec2/sdk";

/** How a file is shown: everything that is not known to be harmless is a download and nothing else. */
export type MediaKind = "image" | "audio" | "video" | "other";

export function mediaKindOf(mime: string): MediaKind {
  const [bare] = mime.toLowerCase().split(";");
  if (!isPreviewable(bare.trim())) return "other";
  return bare.slice(0, bare.indexOf("/")) as MediaKind;
}

/** Pictures and sounds up to this size are fetched without being asked for, bytes. */
const UNASKED_BYTES = 4 * 2 ** 20;

export function isFetchedUnasked(kind: MediaKind, size: number): boolean {
  return (kind === "image" || kind === "audio") && size <= UNASKED_BYTES;
}

/** Smaller files come and go before a bar could be read, bytes. */
export const PROGRESS_BYTES = 256 * 1024;

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `1_500_000` → "1.5 MB" in the reader's language. */
export function sizeText(bytes: number, language?: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}
