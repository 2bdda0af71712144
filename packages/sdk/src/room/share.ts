/** The content of a SHARE record (protocol §6): a signed commit, the room key it commits to, and past epochs. */
import { SIGNATURE_BYTES } from "../crypto/signature.js";
import { wipe } from "../crypto/wipe.js";
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Reader } from "../wire/reader.js";
import { u16, vec32 } from "../wire/writer.js";

export const ROOM_KEY_BYTES = 32;
/** The largest content of a SHARE: padded it has 128 KiB, and the next larger bucket does not fit into 256 KiB with its header. */
export const SHARE_CONTENT_MAX = 128 * 1024 - 4;
const PAST_MAX = 0xffff;

export interface Share {
  /** The encoded EpochCommit, as it is signed. */
  readonly commit: Uint8Array;
  readonly signature: Uint8Array;
  readonly roomKey: Uint8Array;
}

/** vec32<EpochCommit> ‖ sig[64] ‖ room_key[32] ‖ u16 p ‖ p × the same three of a past epoch, the newest first */
export function encodeShare(share: Share, past: readonly Share[] = []): Uint8Array {
  if (pastThatFits(share, past).length < past.length)
    throw new QsecError("message_too_large", `A room key and past epochs have at most ${SHARE_CONTENT_MAX} bytes.`);
  const [first, ...rest] = [share, ...past].map(encodeEpoch);
  const content = concat(first, u16(past.length), ...rest);
  wipe(first, ...rest);
  return content;
}

/** @throws QsecError `DECODE` */
export function decodeShare(content: Uint8Array): Share & { readonly past: readonly Share[] } {
  const reader = new Reader(content);
  const epochs: Share[] = [];
  try {
    epochs.push(readEpoch(reader));
    for (let left = reader.u16(); left > 0; left--) epochs.push(readEpoch(reader));
    reader.end();
  } catch (error) {
    wipe(...epochs.map(({ roomKey }) => roomKey));
    throw error;
  }
  const [share, ...past] = epochs;
  return { ...share, past };
}

/** As many of the past epochs as go into one SHARE, of those that follow each other back from the current one. */
export function pastThatFits(share: Share, past: readonly Share[]): readonly Share[] {
  let left = SHARE_CONTENT_MAX - encodedBytes(share) - 2;
  const beyond = past.findIndex((epoch, i) => i === PAST_MAX || (left -= encodedBytes(epoch)) < 0);
  return beyond < 0 ? past : past.slice(0, beyond);
}

/** vec32<EpochCommit> ‖ sig[64] ‖ room_key[32] */
export function encodeEpoch({ commit, signature, roomKey }: Share): Uint8Array {
  return concat(vec32(commit), signature, roomKey);
}

/** @throws QsecError `DECODE` */
export function readEpoch(reader: Reader): Share {
  return {
    commit: reader.vec32(),
    signature: reader.bytes(SIGNATURE_BYTES),
    roomKey: reader.bytes(ROOM_KEY_BYTES),
  };
}

function encodedBytes({ commit }: Share): number {
  return 4 + commit.length + SIGNATURE_BYTES + ROOM_KEY_BYTES;
}
