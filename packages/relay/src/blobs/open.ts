import { openDatabase } from "../audit/open-database.js";
import type { BlobStore } from "./blob-store.js";
import { Blobs } from "./blobs.js";
import type { BlobLimits } from "./rules.js";
import { MemoryRows } from "./memory-rows.js";
import { SqliteRows } from "./sqlite-rows.js";

/**
 * @param file the SQLite file, made with its folder when it is not there; false to keep files in memory
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openBlobs(file: string | false, limits: BlobLimits, now?: () => number): Promise<BlobStore> {
  if (file === false) return new Blobs(new MemoryRows(), limits, now);
  return openDatabase(file, (driver) => new Blobs(new SqliteRows(driver), limits, now));
}
