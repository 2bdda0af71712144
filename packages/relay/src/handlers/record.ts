import type { AuditTag, AuditFields } from "../audit/tags.js";
import { formatLine } from "../audit/tags.js";
import type { RelayContext } from "../context.js";

/** Adds a line to the room's log. The values are the relay's own: names come from the seats, never from a message. */
export function record<T extends AuditTag>(context: RelayContext, room: string, tag: T, fields: AuditFields<T>): void {
  context.audit.line(room, formatLine(tag, fields));
}
