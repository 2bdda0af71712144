import { QsecError } from "../wire/errors.js";
import { cleanMime, THUMB_BYTES_MAX, type FileManifest } from "./manifest.js";
import type { FileSource } from "./source.js";

/** What a sender says of a file beside its content. */
export type FileDescription = Pick<FileManifest, "name" | "mime" | "thumb">;

/**
 * Checks a file and what is said of it, before anything of it is read or brought to the relay.
 * @throws QsecError `bad_option`
 */
export function describeFile(
  file: FileSource,
  { name, mime, thumb }: { readonly name?: unknown; readonly mime?: unknown; readonly thumb?: unknown },
): FileDescription {
  if (typeof file?.size !== "number" || typeof file.stream !== "function")
    throw new QsecError("bad_option", "What is sent as a file must be a Blob, a File, or have 'size' and 'stream()'.");
  const called = name ?? file.name;
  const type = mime === undefined ? (file.type ?? "") : mime;
  if (typeof called !== "string")
    throw new QsecError("bad_option", "A file needs the option 'name', such as 'photo.png', unless it is a File.");
  if (typeof type !== "string")
    throw new QsecError("bad_option", "The option 'mime' of a file must be text, such as 'image/png'.");
  if (thumb === undefined) return { name: called, mime: cleanMime(type) };
  if (!(thumb instanceof Uint8Array) || thumb.length === 0 || thumb.length > THUMB_BYTES_MAX)
    throw new QsecError(
      "bad_option",
      `The picture of a file must be a Uint8Array of at most ${THUMB_BYTES_MAX / 1024} KiB, and not empty.`,
    );
  return { name: called, mime: cleanMime(type), thumb };
}
