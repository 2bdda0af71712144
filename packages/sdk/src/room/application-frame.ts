import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { Epochs } from "./epochs.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage } from "./group-message.js";

/** Opens application bytes that came on a way of the application's own. @throws QsecError as a refused message does */
export async function openApplicationFrame(
  epochs: Epochs,
  frame: Uint8Array,
  now: number,
): Promise<{ from: MemberId; data: Uint8Array }> {
  const header = decodeGroupFrame(frame);
  const epoch = epochs.find(header, now);
  if (epoch === null) {
    throw new QsecError("EPOCH", "These bytes were sealed in an epoch that this member does not have.");
  }
  const message = await openGroupMessage(epoch, header, CONTENT_TYPE.application);
  return { from: toBase64url(epoch.commit.roster[message.sender].id), data: message.body };
}
