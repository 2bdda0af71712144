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

/**
 * RIFF, Ogg, FLAC, Matroska, ISO base media, MPEG audio with or without ID3. A playlist, which a browser would follow to the
 * addresses in it, begins like none of them.
 */
const RECORDED = /^(RIFF|OggS|fLaC|.E\xdf\xa3|.{4}ftyp|ID3|\xff[\xe0-\xff])/s;

/** Looks at the bytes themselves: what is not what its sender says is a download, of a type that no browser opens. */
export async function shownMedia(blob: Blob, kind: MediaKind): Promise<ShownMedia> {
  const opaque = (): ShownMedia => ({ kind: "other", blob: new Blob([blob], { type: OPAQUE }), width: 0, height: 0 });
  if (kind === "other") return opaque();
  const head = new Uint8Array(await blob.slice(0, kind === "image" ? HEAD_BYTES : 8).arrayBuffer());
  if (kind !== "image")
    return RECORDED.test(String.fromCharCode(...head)) ? { kind, blob, width: 0, height: 0 } : opaque();
  const size = imageSizeOf(head);
  if (size === null) return opaque();
  const { mime, width, height } = size;
  const picture = new Blob([blob], { type: mime });
  return (await pixelsOf(picture)) > width * height ? opaque() : { kind, blob: picture, width, height };
}

/** As the browser reads its head, which may be written so that it finds more than is found here. Nothing is decoded yet. */
async function pixelsOf(picture: Blob): Promise<number> {
  const image = new Image();
  const url = URL.createObjectURL(picture);
  await new Promise((read) => {
    image.onload = image.onerror = read;
    image.src = url;
  });
  URL.revokeObjectURL(url);
  return image.naturalWidth * image.naturalHeight;
}
