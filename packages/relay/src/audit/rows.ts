/**
 * What is told to the audit log, on its way to the thread that writes it. Arrays, and bytes as text: rows cross the
 * threads as one JSON text, which costs the message path a fraction of what a copy of so many objects would.
 */
export type AuditRow =
  | readonly [kind: "line", room: string, message: string, at: string]
  | readonly [kind: "opened", room: string, expected: number, at: string]
  | readonly [kind: "closed", room: string, at: string]
  | readonly [kind: "joined", room: string, username: string]
  | readonly [kind: "left", room: string, username: string]
  | readonly [kind: "key", room: string, commitmentHex: string];

/** The room of lines that are about the relay itself; no room can have this name. */
export const RELAY_ITSELF = "";
