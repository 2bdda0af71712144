/** What an opened message is for the application, whether it came now or from the history. */
import { decodeManifest } from "../attachments/manifest.js";
import { decodeChatEvent } from "../chat/chat-event.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { EpochCommit } from "./epoch-commit.js";
import type { ChatDetail, MessageDetail } from "./events.js";
import { CONTENT_TYPE, decodeText, type OpenedMessage } from "./group-message.js";

export type Received =
  { readonly name: "message"; readonly detail: MessageDetail } | { readonly name: "chat"; readonly detail: ChatDetail };

/**
 * @param own this member's id, 32 bytes
 * @returns null for what the application does not see: control messages, application bytes, operations of a later version
 * @throws QsecError `NOT_LEADER` for a setting of the room that is not its leader's
 */
export function receivedFrom(
  { roster, epoch }: Pick<EpochCommit, "roster" | "epoch">,
  { type, body, ms: sentAt, seq, sender }: OpenedMessage,
  own: Uint8Array,
): Received | null {
  const { id, name: fromName } = roster[sender];
  const said = { from: toBase64url(id), fromName, own: equalBytes(id, own), sentAt, epoch, seq };
  if (type === CONTENT_TYPE.text) return { name: "message", detail: { ...said, text: decodeText(body) } };
  if (type === CONTENT_TYPE.file) return { name: "message", detail: { ...said, text: "", file: decodeManifest(body) } };
  if (type !== CONTENT_TYPE.event) return null;
  const event = decodeChatEvent(body, said.from);
  if (event === null) return null;
  if (event.op === "reply") return { name: "message", detail: { ...said, text: event.text, replyTo: event.ref } };
  if (event.op === "expire" && event.ref === undefined && sender !== 0)
    throw new QsecError("NOT_LEADER", "A member that does not lead this room decided how long its messages stay.");
  return { name: "chat", detail: { ...said, event } };
}
