import { BLOB_PART_BYTES, QsecError } from "@qsec2/sdk/wire";

const PARTS_PER_MIB = 2 ** 20 / BLOB_PART_BYTES;
/** Padding adds at most 12 % to a file, and its tags a thousandth; its header and last chunk begin one more part. */
const SEALED_RATIO = 1.125;

export interface BlobLimits {
  /** MiB of the largest file. */
  readonly maxFile: number;
  /** MiB that one room may hold. */
  readonly fileQuota: number;
  /** MiB that all rooms together may hold. */
  readonly fileTotal: number;
  /** Seconds that a blob is kept, from its first part on. */
  readonly fileTtl: number;
}

/** @throws QsecError `file_too_large` */
export function checkSize(parts: number, { maxFile }: BlobLimits): void {
  if (parts > Math.ceil(maxFile * PARTS_PER_MIB * SEALED_RATIO) + 1)
    throw new QsecError("file_too_large", `A file may have at most ${maxFile} MiB here.`);
}

/** Why a part is not kept. */
export function refusal(why: "other_parts" | "room_full" | "all_full", { fileQuota }: BlobLimits): QsecError {
  switch (why) {
    case "other_parts":
      return new QsecError("bad_request", "This blob has another number of parts.");
    case "room_full":
      return new QsecError(
        "quota_exceeded",
        `The files of a room may have at most ${fileQuota} MiB together; wait until some expire.`,
      );
    case "all_full":
      return new QsecError(
        "quota_exceeded",
        "The relay has no room for more files at the moment; wait until some expire.",
      );
  }
}
