import { bb84Events } from "./bb84.js";
import { blobEvents } from "./blobs.js";
import type { EventRule } from "./call.js";
import { historyEvents } from "./history.js";
import { joinEvents } from "./join.js";
import { keyEvents } from "./keys.js";
import { leaveEvents } from "./leave.js";
import { logEvents } from "./logs.js";
import { messageEvents } from "./messages.js";

/** Every event a client may send. A `Map`, so that a name such as `__proto__` finds nothing. */
export const EVENTS: ReadonlyMap<unknown, EventRule> = new Map<unknown, EventRule>(
  [joinEvents, leaveEvents, keyEvents, bb84Events, messageEvents, logEvents, blobEvents, historyEvents].flat(),
);
