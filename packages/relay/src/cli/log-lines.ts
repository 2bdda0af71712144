import type { LogRow } from "../audit/chain.js";
import { parseLine, printable } from "../audit/tags.js";

/** A row as one line for a terminal; a file that was tampered with cannot control it. */
export function lineForPeople({ created_at, room_id, message }: LogRow, withRoom: boolean): string {
  const room = withRoom ? [room_id === "" ? "-" : room_id] : [];
  return [created_at, ...room, message].map((part) => printable(String(part))).join(" ");
}

/** A row as one line of JSON; without tag and fields where the message is none of the relay's. */
export function lineForPrograms({ id, room_id, created_at, message, hash }: LogRow): string {
  const line = parseLine(String(message));
  return JSON.stringify({
    ...{ id, room: room_id, at: created_at },
    ...(line && { tag: line.tag, fields: Object.fromEntries(line.fields) }),
    ...{ message, hash: hexOf(hash) },
  });
}

export function hexOf(hash: unknown): string {
  return hash instanceof Uint8Array ? Buffer.from(hash).toString("hex") : "";
}
