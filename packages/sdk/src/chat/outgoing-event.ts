import type { ChatEvent } from "./chat-event.js";
import { isObject, own } from "./fields.js";
import { refTo, type MessagePointer } from "./message-ref.js";

/** A chat event to be sent: its `ref` may be the message itself, as the event `message` gave it. */
export type OutgoingChatEvent = Pointing<ChatEvent>;
type Pointing<Event> = { [Field in keyof Event]: Field extends "ref" ? MessagePointer : Event[Field] };

/**
 * The event with a reference where it points to a message. All else is as it was, to be checked when it is encoded.
 * @throws QsecError `bad_option`
 */
export function chatEventOf(event: OutgoingChatEvent): ChatEvent {
  const ref = isObject(event) ? own(event, "ref") : undefined;
  const pointing = ref === undefined ? event : { ...event, ref: refTo(ref as MessagePointer, "ref") };
  return pointing as ChatEvent;
}
