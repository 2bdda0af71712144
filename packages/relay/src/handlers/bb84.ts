import { KIND, parseBB84Meta, parseBB84Session, parseTo, PROTOCOL_ERROR_CODES } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { peerOf } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { checkFrame } from "./frames.js";
import { tellMember } from "./pass-on.js";
import { record } from "./record.js";

/**
 * M1 without its qubits: a head of 1218 bytes, a tag of 16, and in the box signature 64 + role 1 + epoch 4 + members 2 +
 * name 64 + profile 1 + N 4 = 140. Everything in M1 but the qubits has a fixed size, so that their number shows.
 */
const M1_BYTES_WITHOUT_QUBITS = 1218 + 16 + 140;
/** A qubit is a basis and a bit: two bits. */
const QUBITS_PER_BYTE = 4;

async function relayBB84(context: RelayContext, { seat, header, frame }: SeatedCall): Promise<void> {
  const peer = await peerOf(context, seat, parseTo(header).to);
  const { text, kind, bytes } = checkFrame("bb84_relay", frame);
  tellMember(context, peer, { event: "bb84_signal", header: { from: seat.id }, frame: text });
  if (kind === KIND.M1) {
    const length = Math.max(0, QUBITS_PER_BYTE * (bytes - M1_BYTES_WITHOUT_QUBITS));
    record(context, seat.room, "BB84_INIT", { from: seat.username, to: peer.username, length });
  }
  await context.spread.settled();
}

async function reportSifting(context: RelayContext, { seat, header }: SeatedCall): Promise<void> {
  const { to, matched } = parseBB84Meta(header);
  await peerOf(context, seat, to);
  record(context, seat.room, "BB84_SIFTING_COMPLETE", { matched_bits: matched });
}

async function reportSession(context: RelayContext, { seat, header }: SeatedCall): Promise<void> {
  const { to, code, qber_ppm } = parseBB84Session(header);
  const pair = { user: seat.username, peer: (await peerOf(context, seat, to)).username };
  const qber = `${qber_ppm / 10_000}%`;
  if (code === 0) record(context, seat.room, "BB84_SESSION_KEY", { ...pair, qber });
  else record(context, seat.room, "BB84_ABORTED", { ...pair, code: PROTOCOL_ERROR_CODES[code - 1], qber });
}

export const bb84Events: EventFamily = [
  ["bb84_relay", { frame: true, handle: seated(relayBB84) }],
  ["bb84_meta", { frame: false, handle: seated(reportSifting) }],
  ["bb84_session", { frame: false, handle: seated(reportSession) }],
];
