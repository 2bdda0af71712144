import { fromBase64url, parseOptionalTo, parseRoomKeyDecrypted, parseRoomKeyGenerated, parseTo } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { channel, linkTo, peerOf } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { checkAnnounce, checkFrame } from "./frames.js";
import { record } from "./record.js";

async function announcePublicKey(context: RelayContext, call: SeatedCall): Promise<void> {
  const { socket, seat, header, frame } = call;
  const { to } = parseOptionalTo(header);
  const keys = { entries: [{ from: seat.id, frame: checkAnnounce(frame) }] };
  if (to === undefined) {
    // First kept, then passed on: who has joined too late for the one finds it in the other.
    await context.rooms.keepPublicKey(seat, keys.entries[0].frame);
    socket.to(channel(seat.room)).emit("pubkeys", keys);
  } else {
    // An announce serves one handshake; one for a single member is of no use to those who come later.
    linkTo(context, await peerOf(context, seat, to)).emit("pubkeys", keys);
  }
  record(context, seat.room, "PUBKEY_ANNOUNCED", { user: seat.username });
  await context.spread.settled();
}

async function shareRoomKey(context: RelayContext, { seat, header, frame }: SeatedCall): Promise<void> {
  const peer = await peerOf(context, seat, parseTo(header).to);
  const { text } = checkFrame("roomkey_share", frame);
  linkTo(context, peer).emit("roomkey_share", { from: seat.id }, text);
  record(context, seat.room, "ROOMKEY_ENCRYPTED", { to: peer.username, method: "AES-GCM(session_hash)" });
  await context.spread.settled();
}

function roomKeyGenerated(context: RelayContext, { seat, header }: SeatedCall): void {
  const { size, kc } = parseRoomKeyGenerated(header);
  context.audit.keyCommitted(seat.room, fromBase64url(kc));
  record(context, seat.room, "ROOMKEY_GENERATED", { by: seat.username, size: `${size}bytes` });
}

function roomKeyDecrypted(context: RelayContext, { seat, header }: SeatedCall): void {
  parseRoomKeyDecrypted(header);
  record(context, seat.room, "ROOMKEY_DECRYPTED", { user: seat.username });
}

export const keyEvents: EventFamily = [
  ["announce_pubkey", { frame: true, handle: seated(announcePublicKey) }],
  ["roomkey_share", { frame: true, handle: seated(shareRoomKey) }],
  ["roomkey_generated", { frame: false, handle: seated(roomKeyGenerated) }],
  ["roomkey_decrypted", { frame: false, handle: seated(roomKeyDecrypted) }],
];
