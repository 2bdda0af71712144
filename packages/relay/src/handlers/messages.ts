import { KIND, parseMessageDecrypted, parsePlainText, parseTo, parseType, QsecError } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { whenThere, type Soon } from "../soon.js";
import { channel, peerOf } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { checkFrame } from "./frames.js";
import { tellMember, tellOthers } from "./pass-on.js";
import { record } from "./record.js";

/** AES-GCM's; the frame does not carry it, both ends derive it. */
export const IV_BYTES = 12;

function relayGroupMessage(context: RelayContext, { socket, seat, frame, reply }: SeatedCall): Soon<void> {
  const { text } = checkFrame("group_message", frame);
  return whenThere(context.rooms.nextSequence(seat.room), (seq) => {
    tellOthers(context, seat, socket, { event: "group_message", header: { from: seat.id, seq }, frame: text });
    record(context, seat.room, "MSG_ENCRYPTED", { user: seat.username, iv_len: IV_BYTES });
    record(context, seat.room, "MSG_RELAYED", { room: seat.room, sender: seat.username });
    return whenThere(context.spread.settled(), () => reply({ ok: true, seq }));
  });
}

function relayEncryptedMessage(context: RelayContext, { seat, header, frame }: SeatedCall): Soon<void> {
  return whenThere(peerOf(context, seat, parseTo(header).to), (peer) => {
    const { text, kind } = checkFrame("encrypted_message", frame);
    tellMember(context, peer, { event: "encrypted_message", header: { from: seat.id }, frame: text });
    // The members' upkeep (ACK, PING, PONG) is no message of anybody, and would drown the log.
    if (kind === KIND.DIRECT) record(context, seat.room, "MSG_RELAYED", { room: seat.room, sender: seat.username });
    return context.spread.settled();
  });
}

/** Sealed bytes of an application, which says what they are for: passed on like a message, and neither numbered nor written down. */
function relayTyped(context: RelayContext, { socket, seat, header, frame }: SeatedCall): Soon<void> {
  const { type } = parseType(header);
  const { text } = checkFrame("relay", frame);
  tellOthers(context, seat, socket, { event: "relay", header: { from: seat.id, type }, frame: text });
  return context.spread.settled();
}

/** Both switches: the operator's, and that of every member's client. The text is passed on and nowhere kept. */
async function relayPlainMessage(context: RelayContext, { socket, seat, frame }: SeatedCall): Promise<void> {
  if (!context.settings.allowPlaintext)
    throw new QsecError("plaintext_disabled", "This relay passes on sealed messages only.");
  if (!(await context.rooms.allowsPlaintext(seat.room)))
    throw new QsecError("plaintext_disabled", "Not everybody in this room takes messages that are not encrypted.");
  const text = parsePlainText(frame);
  context.traffic.count(text);
  socket.to(channel(seat.room)).emit("plain_message", { from: seat.id }, text);
  record(context, seat.room, "PLAINTEXT_RELAYED", { room: seat.room, sender: seat.username });
  await context.spread.settled();
}

function messageDecrypted(context: RelayContext, { seat, header }: SeatedCall): void {
  parseMessageDecrypted(header);
  record(context, seat.room, "MSG_DECRYPTED", { user: seat.username });
}

export const messageEvents: EventFamily = [
  ["group_message", { frame: true, handle: seated(relayGroupMessage) }],
  ["encrypted_message", { frame: true, handle: seated(relayEncryptedMessage) }],
  ["relay", { frame: true, handle: seated(relayTyped) }],
  ["plain_message", { frame: true, handle: seated(relayPlainMessage) }],
  ["msg_decrypted", { frame: false, handle: seated(messageDecrypted) }],
];
