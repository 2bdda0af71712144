import type { AuditLog } from "./audit-log.js";
import { MemoryAudit } from "./memory.js";
import { ThreadedAudit, type AuditReports } from "./threaded.js";

/**
 * @param file the SQLite file, made with its folder when it is not there; false for a log in memory
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openAudit(file: string | false, reports: AuditReports): Promise<AuditLog> {
  return file === false ? new MemoryAudit() : ThreadedAudit.open(file, reports);
}
