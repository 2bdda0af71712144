import { HEAD_BYTES, imageSizeOf } from "./image-size.js";
import type { MediaKind } from "./media-kind.js";

/** What may be put into the page, and what saves it. */
export interface ShownMedia {
  readonly kind: MediaKind;
  readonly blob: Blob;
  /** Of a picture, pixels. */
  readonly width: number;
  readonly height: number;
}

const OPAQUE = "application/octet-stream";

/** Looks at the bytes themselves: what is not what its sender says is a download, of a type that no browser opens. */
export async function shownMedia(blob: Blob, kind: MediaKind): Promise<ShownMedia> {
  const opaque = (): ShownMedia => ({ kind: "other", blob: new Blob([blob], { type: OPAQUE }), width: 0, height: 0 });
  if (kind === "other") return opaque();
  if (kind !== "image") return { kind, blob, width: 0, height: 0 };
  const size = imageSizeOf(new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer()));
  if (size === null) return opaque();
  return { kind, blob: new Blob([blob], { type: size.mime }), width: size.width, height: size.height };
}
