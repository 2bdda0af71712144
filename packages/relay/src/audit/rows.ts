/**
 * What is told to the audit log, on its way to the thread that writes it. Arrays, and bytes as text: rows cross the
 * threads as one JSON text, which costs the message path a fraction of what a copy of so many objects would. Times are
 * milliseconds since 1970.
 */
export type AuditRow =
  | readonly [kind: "line", room: string, message: string, at: number]
  | readonly [kind: "opened", room: string, expected: number, at: number]
  | readonly [kind: "closed", room: string, at: number]
  | readonly [kind: "joined", room: string, username: string]
  | readonly [kind: "left", room: string, username: string]
  | readonly [kind: "key", room: string, commitmentHex: string];

/** The room of lines that are about the relay itself; no room can have this name. */
export const RELAY_ITSELF = "";
