import { QsecError } from "../wire/errors.js";
import { CONTENT_TYPE, encodeControl, sealGroupMessage, type ContentType, type Control } from "./group-message.js";
import type { RoomState } from "./room-state.js";

/** Whether a room key is shared with at least one other member. */
export function isSecured({ epochs }: RoomState): boolean {
  return (epochs.current?.commit.roster.length ?? 0) > 1;
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
