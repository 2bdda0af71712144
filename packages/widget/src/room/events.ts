import type {
  BB84AbortedDetail,
  EpochDetail,
  MessageDetail,
  QsecSession,
  QsecSessionEventMap,
  RemovedDetail,
  SecurityDetail,
} from "@qsec2/sdk";
import type { Trace } from "../telemetry/trace/trace.js";

/** The events of `<qsec-room>`. All bubble and are composed, so that a page can listen anywhere above. */
export interface QsecRoomEventMap {
  /** A session was made from the attributes and is about to connect. */
  "qsec-session": CustomEvent<{ readonly session: QsecSession }>;
  /** The session moved to another state. */
  "qsec-state": CustomEvent<QsecSessionEventMap["state"]>;
  /** A room key shared with at least one peer is active: messages can be sent. */
  "qsec-secured": CustomEvent<{ readonly session: QsecSession }>;
  /** A message was opened, or one's own was accepted. The detail holds its text. */
  "qsec-message": CustomEvent<MessageDetail>;
  /** A new room key is active. */
  "qsec-epoch": CustomEvent<EpochDetail>;
  /** A BB84 run ended without a key. */
  "qsec-aborted": CustomEvent<BB84AbortedDetail>;
  /** Something that an honest relay and honest peers would not cause. */
  "qsec-security": CustomEvent<SecurityDetail>;
  /** The leader has removed this person; the session has ended. */
  "qsec-removed": CustomEvent<RemovedDetail>;
  /** Something failed: a `QsecError` of the SDK, with its `code`, or another error. `fatal` when the room could not be joined. */
  "qsec-error": CustomEvent<{ readonly error: Error; readonly fatal: boolean }>;
  /** A run of the channel laboratory is over; panels can show the trace. */
  "qsec-trace": CustomEvent<{ readonly trace: Trace }>;
  /** The person pressed Leave and the session has ended. */
  "qsec-left": CustomEvent<{ readonly room: string }>;
}

/** Which event of a session goes out as which event of the element. */
export const FORWARDED = {
  state: "qsec-state",
  message: "qsec-message",
  epoch: "qsec-epoch",
  "bb84:aborted": "qsec-aborted",
  security: "qsec-security",
  removed: "qsec-removed",
} as const satisfies Partial<Record<keyof QsecSessionEventMap, keyof QsecRoomEventMap>>;
