import assert from "node:assert/strict";
import { test } from "node:test";
import { Encoder, PacketType, type Packet } from "socket.io-parser";
import { fakeFrame, fakeId } from "../testing/frames.js";
import { SealedEncoder } from "./sealed-encoder.js";

const from = fakeId(1);
const frame = fakeFrame(0x20, 291);
const event = (data: unknown[], more: Partial<Packet> = {}): Packet => ({
  type: PacketType.EVENT,
  nsp: "/",
  data,
  ...more,
});

const PACKETS: readonly (readonly [what: string, packet: Packet])[] = [
  ["a group message", event(["group_message", { from, seq: 1, n: 2 }, frame])],
  ["a message without a number", event(["encrypted_message", { from }, frame])],
  ["a handshake", event(["bb84_signal", { from, n: 7 }, frame])],
  ["bytes of an application", event(["relay", { from, type: "cursor:moved", n: 3 }, frame])],
  ["a room key", event(["roomkey_share", { from }, frame])],
  ["a text that is not encrypted", event(["plain_message", { from }, 'it says "\\"'])],
  ["a list", event(["user_list", { members: [], leader: from, expected: 2 }])],
  ["an answer", { type: PacketType.ACK, nsp: "/", id: 3, data: [{ ok: true, seq: 1 }] }],
  ["a part of a file", { type: PacketType.ACK, nsp: "/", id: 4, data: [{ ok: true, bytes: Buffer.of(1, 2) }] }],
  ["a message that asks for an answer", event(["group_message", { from }, frame], { id: 5 })],
  ["the end of a link", { type: PacketType.DISCONNECT, nsp: "/", data: undefined }],
];

for (const [what, packet] of PACKETS) {
  test(`${what} is the same bytes as from Socket.IO's own encoder`, () => {
    assert.deepEqual(new SealedEncoder().encode(packet), new Encoder().encode({ ...packet }));
  });
}
