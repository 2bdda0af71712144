import { openDatabase } from "../audit/open-database.js";
import { MemoryRows } from "./memory-rows.js";
import { Messages, type HistoryLimits } from "./messages.js";
import { SqliteRows } from "./sqlite-rows.js";

/**
 * @param file the SQLite file, made with its folder when it is not there; false to keep messages in memory
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openHistory(file: string | false, limits: HistoryLimits, now?: () => number): Promise<Messages> {
  if (file === false) return new Messages(new MemoryRows(), limits, now);
  return openDatabase(file, (driver) => new Messages(new SqliteRows(driver), limits, now));
}
