import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import { CONTENT_TYPE, encodeControl, sealGroupMessage, type ContentType, type Control } from "./group-message.js";
import { isLeading, type RoomState } from "./room-state.js";

/** Whether a room key is shared with at least one other member: a leader asks for somebody who has opened it. */
export function isSecured(state: RoomState): boolean {
  const others = state.epochs.current?.commit.roster.slice(1) ?? [];
  if (!isLeading(state)) return others.length > 0;
  return others.some(({ id }) => state.presence.get(toBase64url(id))?.pairing?.active === true);
}

/** Seals a message of this member in the current epoch. @throws QsecError `not_secured`, `message_too_large` */
export async function sealForRoom(state: RoomState, type: ContentType, body: Uint8Array, now: number) {
  const { current } = state.epochs;
  if (current === null || !isSecured(state)) {
    throw new QsecError("not_secured", "There is no room key with anybody yet: wait for secured() before sending.");
  }
  const { frame, seq } = await sealGroupMessage(current, state.options.self.seed, { type, ms: now, body });
  return { frame, epoch: current.number, seq };
}

/** Seals a control message and sends it. */
export async function sendControl(state: RoomState, control: Control, now: number): Promise<void> {
  const { frame } = await sealForRoom(state, CONTENT_TYPE.control, encodeControl(control), now);
  state.effects.send({ event: "group_message", header: {}, frame });
}
