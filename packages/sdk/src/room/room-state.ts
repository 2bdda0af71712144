import type { RandomBytes } from "../crypto/random.js";
import type { Self } from "../handshake/outcome.js";
import { equalBytes } from "../wire/bytes.js";
import type { Access } from "./access.js";
import type { Effects } from "./effects.js";
import type { HistoryOptions } from "./epoch-archive.js";
import type { Epochs } from "./epochs.js";
import type { ExchangeOptions } from "./exchange-host.js";
import type { Pin } from "./pins.js";
import type { Presence } from "./presence.js";
import type { ReadMarks } from "./read-marks.js";

export interface RoomOptions {
  readonly access: Access;
  readonly self: Self;
  /** Whether this member, when it leads, lets nobody in before its person says so (`link` and `open`). */
  readonly approve: boolean;
  readonly exchange: ExchangeOptions;
  /** Whether this member's person takes messages that are not encrypted. */
  readonly allowPlaintext: boolean;
  /** How many people the room is for, 2 to 64. */
  readonly capacity: number;
  /** Whether the relay's audit log is told of steps. */
  readonly audit: boolean;
  /** Where it is left out no room key is kept, and a room that this member creates has no history. */
  readonly history?: HistoryOptions;
  readonly random: RandomBytes;
  /** Which key each name has had on this device; null or left out where it remembers nothing. */
  readonly pins?: readonly Pin[] | null;
}

/** What the parts of a room share. Each field has one owner that writes it; the room hands them out. */
export interface RoomState {
  readonly options: RoomOptions;
  readonly effects: Effects;
  readonly epochs: Epochs;
  readonly presence: Presence;
  /** What was shown of the epochs with history. */
  readonly marks: ReadMarks;
}

/** Whether this member leads the current epoch. */
export function isLeading({ epochs, options }: RoomState): boolean {
  return epochs.current !== null && equalBytes(epochs.current.leader.id, options.self.id);
}
