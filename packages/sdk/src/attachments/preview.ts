/** Which files a page may show by itself. Anything that can carry a script, SVG and HTML above all, is not among them. */
const PREVIEWABLE: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "video/mp4",
  "video/ogg",
  "video/webm",
]);

/** What a file is taken for when its sender's word is not to be trusted. */
export const OPAQUE_MIME = "application/octet-stream";

/** Whether a media type may be shown in a page: pictures, sounds and films that run no code; SVG and HTML never. */
export function isPreviewable(mime: string): boolean {
  return PREVIEWABLE.has(mime);
}
