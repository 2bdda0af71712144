import { toBase64url } from "../wire/base64url.js";
import { Effects } from "./effects.js";
import { Epochs } from "./epochs.js";
import { Presence } from "./presence.js";
import { ReadMarks } from "./read-marks.js";
import type { RoomOptions, RoomState } from "./room-state.js";

/** A room in which nothing has happened yet. */
export function newRoomState(options: RoomOptions): RoomState {
  return {
    options,
    effects: new Effects(options.audit),
    epochs: new Epochs(),
    presence: new Presence(toBase64url(options.self.id)),
    marks: new ReadMarks(),
  };
}
