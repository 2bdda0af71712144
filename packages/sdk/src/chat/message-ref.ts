import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { parseMemberId } from "../wire/schemas.js";
import { integerOf, isObject, own, type Fields, type Refuse } from "./fields.js";

/** Names a message as all its receivers know it. */
export interface MessageRef {
  /** Who sent the message. */
  readonly id: MemberId;
  /** The number of the epoch it was sent in, u32. */
  readonly epoch: number;
  /** Its number in the sender's Chain of that epoch, u32. */
  readonly seq: number;
}

/** A message to point to: what the event `message` gave or `send()` returned, or its reference. */
export type MessagePointer = MessageRef | (Omit<MessageRef, "id"> & { readonly from: MemberId });

const U32_MAX = 0xffff_ffff;

export function senderOf(message: MessagePointer): MemberId {
  return "id" in message ? message.id : message.from;
}

/**
 * The reference of a message, checked.
 * @param name of the option or field that it comes from
 * @throws QsecError `bad_option`
 */
export function refTo(message: MessagePointer, name: "ref" | "replyTo"): MessageRef {
  const refuse = () =>
    new QsecError(
      "bad_option",
      `'${name}' must be a message as the event 'message' gave it, or its { id, epoch, seq }, where 'id' is its sender's.`,
    );
  if (!isObject(message)) throw refuse();
  return readRef({ ...message, id: own(message, "id") ?? own(message, "from") }, refuse);
}

/** Reads a reference. @throws what `refuse` makes */
export function readRef(ref: unknown, refuse: Refuse): MessageRef {
  if (!isObject(ref)) throw refuse("'ref' must name a message.");
  return {
    id: memberOf(ref, refuse),
    epoch: integerOf(ref, "epoch", U32_MAX, refuse),
    seq: integerOf(ref, "seq", U32_MAX, refuse),
  };
}

function memberOf(ref: Fields, refuse: Refuse): MemberId {
  try {
    return parseMemberId(own(ref, "id"));
  } catch {
    throw refuse("'ref.id' must be the id of a member.");
  }
}
