/** The events of a room's history: sealed frames that the relay keeps for a limited time, for who was away. */
export interface FetchHistory {
  /** Only messages with a larger sequence number. @default 0 */
  readonly since?: number;
}

/** One message that the relay has kept. Nothing of it but the frame is authenticated. */
export interface StoredMessage<Frame> {
  /** The room's sequence number, as in the `group_message` that passed it on. */
  readonly seq: number;
  /** The member id of who handed it in. */
  readonly from: string;
  /** As the sender sealed it. */
  readonly frame: Frame;
}

/** The answer to `fetch_history`: the oldest messages after `since`, as many as fit. */
export interface HistoryPage<Frame = string> {
  readonly ok: true;
  /** In the order of their numbers. */
  readonly messages: readonly StoredMessage<Frame>[];
  /** Whether there are more after these. */
  readonly more: boolean;
  /** The newest number that the relay has given to a message of this room; 0 where there is none. */
  readonly last: number;
}
