import {
  parseBlobName,
  parseBlobPart,
  parseBlobPut,
  parsePartBytes,
  QsecError,
  toBase64url,
  type BlobName,
} from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import type { Seat } from "../rooms/registry.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { record } from "./record.js";

async function putPart(context: RelayContext, { seat, header, frame }: SeatedCall): Promise<void> {
  const part = own(seat, parseBlobPut(header));
  const bytes = parsePartBytes(frame);
  await expireBlobs(context);
  const stored = await context.blobs.put(seat.room, part, bytes);
  if (!stored) return;
  record(context, seat.room, "FILE_STORED", { ...stored, user: seat.username });
}

async function haveParts(context: RelayContext, { seat, header, reply }: SeatedCall): Promise<void> {
  const { parts, bitmap } = await context.blobs.have(seat.room, own(seat, parseBlobName(header)).blob);
  reply({ ok: true, parts, bitmap: toBase64url(bitmap) });
}

async function getPart(context: RelayContext, { seat, header, reply }: SeatedCall): Promise<void> {
  const { blob, part } = own(seat, parseBlobPart(header));
  reply({ ok: true, bytes: await context.blobs.get(seat.room, blob, part) });
}

async function dropBlob(context: RelayContext, { seat, header }: SeatedCall): Promise<void> {
  await context.blobs.drop(seat.room, own(seat, parseBlobName(header)).blob);
}

/** Forgets the files whose time is over. */
export async function expireBlobs(context: RelayContext): Promise<void> {
  for (const expired of await context.blobs.expire()) record(context, expired.room, "FILE_EXPIRED", expired);
}

/** @throws QsecError `not_joined` for a room other than the one the socket is in */
function own<T extends BlobName>(seat: Seat, header: T): T {
  if (header.room === undefined || header.room === seat.room) return header;
  throw new QsecError("not_joined", "Files are kept for the room that you are in.");
}

export const blobEvents: EventFamily = [
  ["blob_put", { frame: true, files: true, handle: seated(putPart) }],
  ["blob_have", { frame: false, files: true, handle: seated(haveParts) }],
  ["blob_get", { frame: false, files: true, handle: seated(getPart) }],
  ["blob_drop", { frame: false, files: true, handle: seated(dropBlob) }],
];
