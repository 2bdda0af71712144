import type { HistoryPage, MemberId } from "@qsec2/sdk/wire";
import type { RoomRegistry } from "../rooms/registry.js";
import type { Soon } from "../soon.js";

/** A sealed message as it is kept. */
export interface KeptMessage {
  /** The room's sequence number. */
  readonly seq: number;
  readonly from: MemberId;
  readonly sealed: Uint8Array;
}

/** A message that has no number yet. */
export type NewMessage = Omit<KeptMessage, "seq">;

/** Who numbers the messages of a room. */
export type RoomNumbers = Pick<RoomRegistry, "nextSequence" | "lastSequence">;

export interface MessageStats {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Sealed messages of rooms whose members asked for it, kept for a limited time. A room that is full loses its oldest ones.
 * They outlive the room: who comes back finds them.
 */
export interface MessageStore {
  /**
   * Keeps a message under the room's next number, and says which it is. Then it survives the end of the process. What is
   * refused uses no number.
   * @param numbers the room's; a store that has them itself asks nobody
   * @throws QsecError `history_disabled`, `quota_exceeded` when all rooms together have too much; the library's errors when
   * the disk fails
   */
  add(room: string, message: NewMessage, numbers: RoomNumbers): Soon<number>;
  /**
   * The oldest messages after a number, as many as go into one page.
   * @throws QsecError `history_disabled`
   */
  page(room: string, since: number): Soon<Pick<HistoryPage<Uint8Array>, "messages" | "more">>;
  /** The highest number of the messages that are kept of a room, or 0. */
  last(room: string): Soon<number>;
  /** Forgets every message whose time is over. */
  expire(): Soon<void>;
  /** May be called more than once. */
  close(): void;
  readonly stats: MessageStats;
}
