import type { HistoryPage, MemberId } from "@qsec2/sdk/wire";

/** A sealed message as it is kept. */
export interface KeptMessage {
  /** The room's sequence number. */
  readonly seq: number;
  readonly from: MemberId;
  readonly sealed: Uint8Array;
}

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
   * Keeps a message. When this returns it survives the end of the process.
   * @throws QsecError `history_disabled`, `quota_exceeded` when all rooms together have too much; the library's errors when
   * the disk fails
   */
  add(room: string, message: KeptMessage): void;
  /**
   * The oldest messages after a number, as many as go into one page.
   * @throws QsecError `history_disabled`
   */
  page(room: string, since: number): Pick<HistoryPage<Uint8Array>, "messages" | "more">;
  /** The highest number of the messages that are kept of a room, or 0. */
  last(room: string): number;
  /** Forgets every message whose time is over. */
  expire(): void;
  /** May be called more than once. */
  close(): void;
  readonly stats: MessageStats;
}
