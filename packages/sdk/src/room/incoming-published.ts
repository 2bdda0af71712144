import type { Incoming } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import type { Effects } from "./effects.js";
import type { Epoch } from "./epoch.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage, type GroupHeader } from "./group-message.js";
import { decodePublished } from "./published.js";
import { refusing } from "./refusing.js";
import type { RoomState } from "./room-state.js";

type Passed = Extract<Incoming, { readonly event: "relay" }>;

/** Bytes that another member's application has published (protocol §8.2). What is wrong with them becomes a `security` event. */
export function receivePublished(state: RoomState, { header, frame }: Passed, now: number): Promise<void> {
  return refusing(state.effects, null, () => open(state, header.type, frame, now));
}

async function open({ epochs, effects }: RoomState, claimed: string, frame: Uint8Array, now: number): Promise<void> {
  const header = { ...decodeGroupFrame(frame), claimed };
  const epoch = epochs.find(header, now);
  // A member may publish in a new epoch before another's share of it has come.
  if (epoch === null) epochs.wait(header, now);
  else await showPublished(effects, epoch, header);
}

/** @throws QsecError for what is refused, also another `claimed` than their member has signed: no Chain has moved */
export async function showPublished(effects: Effects, epoch: Epoch, header: GroupHeader): Promise<void> {
  const message = await openGroupMessage(epoch, header, CONTENT_TYPE.published);
  const { type, data } = decodePublished(message.body);
  const { id, name: fromName } = epoch.commit.roster[message.sender];
  effects.emit("published", { from: toBase64url(id), fromName, type, data });
}
