import type { Incoming } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage } from "./group-message.js";
import { decodePublished } from "./published.js";
import { refusing } from "./refusing.js";
import type { RoomState } from "./room-state.js";

type Passed = Extract<Incoming, { readonly event: "relay" }>;

/** Bytes that another member's application has published (protocol §8.2). What is wrong with them becomes a `security` event. */
export function receivePublished(state: RoomState, { header, frame }: Passed, now: number): Promise<void> {
  return refusing(state.effects, null, () => open(state, header.type, frame, now));
}

/** @param claimed what the relay says that they are for: their member has said the same under its signature */
async function open({ epochs, effects }: RoomState, claimed: string, frame: Uint8Array, now: number): Promise<void> {
  const header = decodeGroupFrame(frame);
  const epoch = epochs.find(header, now);
  if (epoch === null) throw new QsecError("EPOCH", "Published bytes came in an epoch that this member does not have.");
  const message = await openGroupMessage(epoch, header, CONTENT_TYPE.published);
  const { type, data } = decodePublished(message.body);
  if (type !== claimed)
    throw new QsecError("KIND", "The relay says that published bytes are for something else than their member did.");
  const { id, name: fromName } = epoch.commit.roster[message.sender];
  effects.emit("published", { from: toBase64url(id), fromName, type, data });
}
