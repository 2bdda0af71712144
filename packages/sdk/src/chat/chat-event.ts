/**
 * Chat events (protocol §8, content type 5): what people do to messages beside writing them. On the wire an event is
 * the body of a sealed group message, so its sender is authenticated before anything here is called.
 */
import { fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { BODY_MAX } from "../wire/limits.js";
import { integerOf, isObject, own, type Fields, type Refuse } from "./fields.js";
import { readRef, type MessageRef } from "./message-ref.js";

export const RECEIPT_STATES = ["delivered", "read"] as const;
/** How far a message has come at a member. */
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** What somebody did in the conversation beside writing (`docs/protocol.md`, 8.1). */
export type ChatEvent =
  /** A message of its own that points to another. */
  | { readonly op: "reply"; readonly ref: MessageRef; readonly text: string }
  /** Replaces the sender's earlier reaction to the message; an empty `emoji` (at most 64 bytes of UTF-8) removes it. */
  | { readonly op: "react"; readonly ref: MessageRef; readonly emoji: string }
  /** Puts another text in the place of a message of the sender's own. */
  | { readonly op: "edit"; readonly ref: MessageRef; readonly text: string }
  /** Asks all to remove a message of the sender's own. */
  | { readonly op: "delete"; readonly ref: MessageRef }
  /** The sender began to type, or stopped. */
  | { readonly op: "typing"; readonly on: boolean }
  /** All messages of that sender in that epoch, up to `ref.seq`, were delivered or read. */
  | { readonly op: "receipt"; readonly ref: MessageRef; readonly state: ReceiptState }
  /**
   * Messages go away this long after they were shown: 0 (off) to 31 536 000 seconds. With `ref` one message of the
   * sender's own; without it the setting of the room, which counts only from its leader.
   */
  | { readonly op: "expire"; readonly ref?: MessageRef; readonly seconds: number };

export type ChatOp = ChatEvent["op"];

export const EMOJI_BYTES_MAX = 64;
/** A year. */
export const EXPIRE_SECONDS_MAX = 31_536_000;
const VERSION = 1;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What each operation may only do to the sender's own messages. */
export const OWN_ONLY: ReadonlySet<ChatOp> = new Set(["edit", "delete", "expire"]);

/** Reads one operation; the order of the fields is that of the wire. */
const READERS: { readonly [Op in ChatOp]: (from: Fields, refuse: Refuse) => Extract<ChatEvent, { op: Op }> } = {
  reply: (from, refuse) => ({
    op: "reply",
    ref: readRef(own(from, "ref"), refuse),
    text: textOf(from, "text", refuse),
  }),
  react: (from, refuse) => ({ op: "react", ref: readRef(own(from, "ref"), refuse), emoji: emojiOf(from, refuse) }),
  edit: (from, refuse) => ({ op: "edit", ref: readRef(own(from, "ref"), refuse), text: textOf(from, "text", refuse) }),
  delete: (from, refuse) => ({ op: "delete", ref: readRef(own(from, "ref"), refuse) }),
  typing: (from, refuse) => ({ op: "typing", on: booleanOf(from, "on", refuse) }),
  receipt: (from, refuse) => ({ op: "receipt", ref: readRef(own(from, "ref"), refuse), state: stateOf(from, refuse) }),
  expire: (from, refuse) => ({
    op: "expire",
    ...(own(from, "ref") === undefined ? {} : { ref: readRef(own(from, "ref"), refuse) }),
    seconds: integerOf(from, "seconds", EXPIRE_SECONDS_MAX, refuse),
  }),
};

/**
 * The body of a group message: UTF-8 JSON `{ "v":1, "op":…, "ref":…, … }`, always in this order and without spaces.
 * @throws QsecError `bad_option` for an event that no receiver would take, `message_too_large` above 65 455 bytes
 */
export function encodeChatEvent(event: ChatEvent): Uint8Array {
  const refuse = (what: string) => new QsecError("bad_option", `This chat event cannot be sent: ${what}`);
  if (!isObject(event)) throw refuse("it is not an object.");
  const op = own(event, "op");
  if (!isKnown(op)) throw refuse("its operation does not exist.");
  const body = utf8(JSON.stringify({ v: VERSION, ...READERS[op](event, refuse) }));
  if (body.length > BODY_MAX) {
    throw new QsecError("message_too_large", `A message may have at most ${BODY_MAX} bytes; split it into several.`);
  }
  return body;
}

/**
 * Reads the body of a group message of content type 5. Fields that the operation does not have are dropped.
 * @param sender whose signature the message bears
 * @returns null for an operation that this version does not know, which is to be ignored
 * @throws QsecError `DECODE` for an event that is malformed, `NOT_OWN` for one that changes another member's message
 */
export function decodeChatEvent(body: Uint8Array, sender: MemberId): ChatEvent | null {
  const json = parse(body);
  if (!isObject(json)) throw malformed("it is not an object.");
  if (own(json, "v") !== VERSION) throw malformed("it is of another version.");
  const op = own(json, "op");
  if (typeof op !== "string") throw malformed("it names no operation.");
  if (!isKnown(op)) return null;
  const event = READERS[op](json, malformed);
  if (OWN_ONLY.has(op) && "ref" in event && event.ref !== undefined && event.ref.id !== sender) {
    throw new QsecError("NOT_OWN", "A member tried to change a message of another member.");
  }
  return event;
}

function malformed(what: string): QsecError {
  return new QsecError("DECODE", `A chat event is malformed: ${what}`);
}

function parse(body: Uint8Array): unknown {
  if (body.length > BODY_MAX) throw malformed("it is too large.");
  try {
    return JSON.parse(fromUtf8(body));
  } catch {
    // No cause: the parser's message quotes what it read, which is a plaintext.
    throw malformed("it is not JSON.");
  }
}

function isKnown(op: unknown): op is ChatOp {
  return typeof op === "string" && Object.hasOwn(READERS, op);
}

/** Text that UTF-8 can carry: a lone surrogate would come out as another character. */
function textOf(from: Fields, name: string, refuse: Refuse): string {
  const text = own(from, name);
  if (typeof text !== "string" || LONE_SURROGATE.test(text)) throw refuse(`'${name}' must be well-formed text.`);
  return text;
}

function emojiOf(from: Fields, refuse: Refuse): string {
  const emoji = textOf(from, "emoji", refuse);
  if (utf8(emoji).length > EMOJI_BYTES_MAX) throw refuse(`'emoji' may have at most ${EMOJI_BYTES_MAX} bytes.`);
  return emoji;
}

function booleanOf(from: Fields, name: string, refuse: Refuse): boolean {
  const value = own(from, name);
  if (typeof value !== "boolean") throw refuse(`'${name}' must be true or false.`);
  return value;
}

function stateOf(from: Fields, refuse: Refuse): ReceiptState {
  const state = RECEIPT_STATES.find((known) => known === own(from, "state"));
  if (state === undefined) throw refuse("'state' must be 'delivered' or 'read'.");
  return state;
}
