import { fromBase64url, parseFetchHistory, toBase64url } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { whenThere, type Soon } from "../soon.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { checkFrame } from "./frames.js";
import { IV_BYTES } from "./messages.js";
import { tellOthers } from "./pass-on.js";
import { record } from "./record.js";

/** First kept, then passed on: what the others have read is there for who was away. */
function storeMessage(context: RelayContext, { socket, seat, frame, reply }: SeatedCall): Soon<void> {
  const { room, id: from, username } = seat;
  const { text } = checkFrame("store_encrypted", frame);
  const kept = context.messages.add(room, { from, sealed: fromBase64url(text) }, context.rooms);
  return whenThere(kept, (seq) => {
    tellOthers(context, seat, socket, { event: "group_message", header: { from, seq }, frame: text });
    record(context, room, "MSG_ENCRYPTED", { user: username, iv_len: IV_BYTES });
    record(context, room, "MSG_STORED", { room, sender: username });
    record(context, room, "MSG_RELAYED", { room, sender: username });
    return whenThere(context.spread.settled(), () => reply({ ok: true, seq }));
  });
}

async function fetchHistory(context: RelayContext, { seat, header, reply }: SeatedCall): Promise<void> {
  const { messages, more } = await context.messages.page(seat.room, parseFetchHistory(header).since);
  const entries = messages.map(({ seq, from, frame }) => ({ seq, from, frame: toBase64url(frame) }));
  reply({ ok: true, messages: entries, more, last: await context.rooms.lastSequence(seat.room) });
}

export const historyEvents: EventFamily = [
  ["store_encrypted", { frame: true, handle: seated(storeMessage) }],
  // A page is as large as a part of a file: whoever catches up must not silence itself.
  ["fetch_history", { frame: false, files: true, handle: seated(fetchHistory) }],
];
