import type { Share } from "./share.js";

/**
 * The epochs with history that this device can read again. The room says what is to be kept and asks for it; how it is
 * kept is the owner's business. What is handed over is copied on either side: each wipes its own. No call rejects because a
 * storage fails: an epoch that could not be kept is one that cannot be read again.
 */
export interface EpochArchive {
  keep(epochs: readonly Share[]): Promise<void>;
  /** The epoch whose hash begins with these 8 bytes. */
  find(kid: Uint8Array): Promise<Share | null>;
  /** The epoch with this hash and those before it, the newest first, as far back as none is missing. */
  back(hash: Uint8Array): Promise<Share[]>;
}

export interface HistoryOptions {
  /** What a room that this member creates says: whether messages are kept. */
  readonly on: boolean;
  /** Whether this member, when it leads, gives newcomers the past epochs that it holds. */
  readonly share: boolean;
  readonly archive: EpochArchive;
}
