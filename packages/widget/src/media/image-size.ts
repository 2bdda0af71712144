/** Width and height of a picture, pixels, read from its first bytes. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  /** What the bytes are, whatever the sender says. */
  readonly mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";
}

/** So many bytes are enough for all but pictures that are made to be odd. */
export const HEAD_BYTES = 256 * 1024;

/** What a picture may have at most: decoded it takes four bytes a pixel. */
const PIXELS_MAX = 64 * 2 ** 20;
const SIDE_MAX = 32_767;

/** @returns null for what is no picture of a known kind, or is too large to be shown */
export function imageSizeOf(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view) ?? avif(view);
    return size !== null && isShowable(size) ? size : null;
  } catch (error) {
    // It ends in the middle of what it claims to have.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isShowable({ width, height }: ImageSize): boolean {
  return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX && width * height <= PIXELS_MAX;
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(at + i)));
}

/** PNG §5.2 and §11.2.2 */
function png(view: DataView): ImageSize | null {
  if (view.getUint32(0) !== 0x89504e47 || text(view, 12, 4) !== "IHDR") return null;
  return { mime: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a §18 */
function gif(view: DataView): ImageSize | null {
  if (!/^GIF8[79]a$/.test(text(view, 0, 6))) return null;
  return { mime: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649 §2.5 to §2.7 */
function webp(view: DataView): ImageSize | null {
  if (text(view, 0, 4) !== "RIFF" || text(view, 8, 4) !== "WEBP") return null;
  const mime = "image/webp";
  const kind = text(view, 12, 4);
  if (kind === "VP8 ")
    return { mime, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { mime, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const side = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return kind === "VP8X" ? { mime, width: side(24), height: side(27) } : null;
}

/** ITU-T T.81 §B.1.1.3 and §B.2.2: the first frame header; segments and lone markers in front of it are skipped. */
function jpeg(view: DataView): ImageSize | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { mime: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0) return null;
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += marker === 0xff ? 1 : isAlone ? 2 : 2 + view.getUint16(at + 2);
  }
}

/** ISO/IEC 23008-12 §6.5.3: the largest of the image spatial extents in the meta box, which follows the first one. */
function avif(view: DataView): ImageSize | null {
  if (text(view, 4, 4) !== "ftyp" || !/^avi[fs]$/.test(text(view, 8, 4))) return null;
  const meta = view.getUint32(0);
  if (text(view, meta + 4, 4) !== "meta") return null;
  let [width, height] = [0, 0];
  const end = meta + view.getUint32(meta) - 16;
  for (let at = meta; at <= end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return { mime: "image/avif", width, height };
}
