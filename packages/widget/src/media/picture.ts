import { HEAD_BYTES, imageSizeOf } from "./image-size.js";

const SIDE = 320;
const BYTES_MAX = 16 * 1024;

/** A small picture of an image, for the message about it: JPEG, at most 16 KiB. Undefined for what has none. */
export async function pictureOf(file: Blob): Promise<Uint8Array | undefined> {
  if (!file.type.startsWith("image/")) return undefined;
  const size = imageSizeOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (size === null) return undefined;
  const scale = Math.min(1, SIDE / Math.max(size.width, size.height));
  try {
    const bitmap = await createImageBitmap(file, {
      resizeWidth: Math.max(1, Math.round(size.width * scale)),
      resizeHeight: Math.max(1, Math.round(size.height * scale)),
      resizeQuality: "medium",
    });
    return await encoded(bitmap);
  } catch {
    // A picture that this browser cannot draw: it goes without a small one.
    return undefined;
  }
}

async function encoded(bitmap: ImageBitmap): Promise<Uint8Array | undefined> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d")!;
  // JPEG has no transparency: what shows through is white, not black.
  context.fillStyle = "white";
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  for (const quality of [0.7, 0.4, 0.15]) {
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size <= BYTES_MAX) return new Uint8Array(await blob.arrayBuffer());
  }
  return undefined;
}
