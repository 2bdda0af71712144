import { fromBase64url, parseOptionalTo, parseRoomKeyDecrypted, parseRoomKeyGenerated, parseTo } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { peerOf } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { checkAnnounce, checkFrame } from "./frames.js";
import { tellMember, tellOthers } from "./pass-on.js";
import { record } from "./record.js";

async function announcePublicKey(context: RelayContext, call: SeatedCall): Promise<void> {
  const { socket, seat, header, frame } = call;
  const { to } = parseOptionalTo(header);
  const entry = { from: seat.id, frame: checkAnnounce(frame) };
  const keys = { event: "pubkeys", header: { entries: [entry] } };
  if (to === undefined) {
    // First kept, then passed on: who has joined too late for the one finds it in the other.
    await context.rooms.keepPublicKey(seat, entry.frame);
    tellOthers(context, seat, socket, keys);
  } else {
    // An announce serves one handshake; one for a single member is of no use to those who come later.
    tellMember(context, await peerOf(context, seat, to), keys);
  }
  record(context, seat.room, "PUBKEY_ANNOUNCED", { user: seat.username });
  await context.spread.settled();
}

async function shareRoomKey(context: RelayContext, { seat, header, frame }: SeatedCall): Promise<void> {
  const peer = await peerOf(context, seat, parseTo(header).to);
  const { text } = checkFrame("roomkey_share", frame);
  tellMember(context, peer, { event: "roomkey_share", header: { from: seat.id }, frame: text });
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
