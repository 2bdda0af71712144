import assert from "node:assert/strict";
import { test } from "node:test";
import { bystanders } from "../testing/bystanders.js";
import { fixture } from "../testing/fixture.js";
import { handshake, RawHttp, webSocketFrame } from "../testing/raw-http.js";
import { RawSocket } from "../testing/raw-socket.js";

const [stay, cut] = ["goes on", "is cut"] as const;
const TEXT = 1;
const DEEP = 100_000;
const deep = `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`;

/** What follows Socket.IO's CONNECT, and what becomes of the link. */
const BAD_PACKETS: readonly (readonly [what: string, packets: readonly (string | Buffer)[], outcome: string])[] = [
  ["a numeric event", ["42[7]"], stay],
  ["an acknowledgement of nothing", ["4399[]"], stay],
  ["an acknowledgement with an endless number", [`43${"9".repeat(1_000)}[]`], stay],
  ["an event that asks to be acknowledged as number infinity", [`42${"9".repeat(1_000)}["x",{}]`], stay],
  ["deep nesting", [`42["x",${deep}]`], stay],
  ["a prototype as header", ['42["bb84_relay",{"__proto__":{"to":"x"}},"x"]'], stay],
  ["deep nesting with an attachment", [`451-["x",${"[".repeat(5_000)}${"]".repeat(5_000)}]`, Buffer.alloc(4)], stay],
  ["an attachment that nothing refers to", ['451-["blob_put",{}]', Buffer.alloc(4)], stay],
  [
    "one attachment in a thousand places",
    [`451-["x"${',{"_placeholder":true,"num":0}'.repeat(1_000)}]`, Buffer.alloc(4)],
    stay,
  ],
  ["a placeholder without an attachment", ['42["blob_put",{},{"_placeholder":true,"num":0}]'], stay],
  ["another namespace", ["40/admin,"], cut],
  ["a namespace like a path", ["40/../../etc/passwd,"], cut],
  ["to connect twice", ["40", "40"], cut],
  ["a reserved event", ['42["disconnect","x"]'], cut],
  ["an event of the event emitter", ['42["newListener","x"]'], cut],
  ["no event at all", ["42[]"], cut],
  ["no JSON", ["42[[[["], cut],
  ["an object as packet", ['42{"a":1}'], cut],
  ["a packet type that does not exist", ["49[]"], cut],
  ["an error from the client", ['44{"message":"x"}'], cut],
  ["deeper nesting than the stack, with an attachment", [`451-["x",${deep}]`, Buffer.alloc(4)], cut],
  ["an attachment with a number below all", ['451-["x",{"_placeholder":true,"num":-1}]', Buffer.alloc(4)], cut],
  ["an attachment with a number above all", ['451-["x",{"_placeholder":true,"num":1e9}]', Buffer.alloc(4)], cut],
  ["an attachment with a name for a number", ['451-["x",{"_placeholder":true,"num":"length"}]', Buffer.alloc(4)], cut],
  ["two attachments", ['452-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'], cut],
  ["a million attachments", ['451000000-["x"]'], cut],
  ["minus one attachments", ['45-1-["x"]'], cut],
  ["bytes that nothing has announced", [Buffer.alloc(1_000)], cut],
  ["text where an attachment was announced", ['451-["x"]', '42["y"]'], cut],
  ["a packet that is too large", [`42["${"x".repeat(600_000)}"]`], cut],
  [
    "an attachment that is too large",
    ['451-["blob_put",{},{"_placeholder":true,"num":0}]', Buffer.alloc(600_000)],
    cut,
  ],
  ["a ping in the wrong direction", ["2"], cut],
  ["an Engine.IO type that does not exist", ["9"], cut],
];

test("packets that no Socket.IO client would send end at most their own link", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  for (const [what, packets, outcome] of BAD_PACKETS) {
    await t.test(`${what}: the link ${outcome}`, async () => {
      const socket = await RawSocket.connected(all.relay);
      for (const packet of packets) socket.send(packet);
      if (outcome === cut) {
        await socket.closed;
      } else {
        socket.send('421["group_message",{},"x"]');
        await socket.until("431");
        socket.close();
      }
      await undisturbed();
    });
  }
  const { refused } = all.relay.stats;
  assert.ok(refused.malformed >= 12, String(refused.malformed));
});

const pieces = (count: number): Buffer =>
  Buffer.concat([
    webSocketFrame(TEXT, "42", false),
    ...Array.from({ length: count - 2 }, () => webSocketFrame(0, "", false)),
    webSocketFrame(0, '["x",{}]'),
  ]);

/** Bytes after the WebSocket handshake, and the code with which the relay ends the link. */
const BAD_FRAMES: readonly (readonly [what: string, code: number, bytes: Buffer])[] = [
  ["a message in more than 128 pieces", 1008, pieces(129)],
  ["a frame without a mask", 1002, Buffer.from([0x81, 0x02, 0x34, 0x30])],
  ["reserved bits", 1002, Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
  ["an opcode that does not exist", 1002, Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
  ["a continuation of nothing", 1002, webSocketFrame(0, "x")],
  ["a ping of 126 bytes", 1002, webSocketFrame(9, "x".repeat(126))],
  ["text that is no UTF-8", 1007, webSocketFrame(TEXT, Buffer.from([0x34, 0xff, 0xfe]))],
  ["a frame that says it has 2^62 bytes", 1009, Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ["a frame that says it has 2 GiB", 1009, Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0])],
];

test("frames that are no WebSocket frames end their own link with the code that RFC 6455 has for it", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  for (const [what, code, bytes] of BAD_FRAMES) {
    await t.test(`${what}: ${code}`, async () => {
      const raw = await RawHttp.connected(all.relay.port);
      raw.write(handshake());
      await raw.until(/\r\n\r\n[^]*maxPayload/);
      raw.write(bytes);
      // It never answers the closing handshake: the relay hangs up by itself.
      const said = Buffer.from(await raw.ended(), "latin1");
      assert.equal(said.readUInt16BE(said.lastIndexOf(0x88) + 2), code);
      await undisturbed();
    });
  }
  await t.test("a message in 128 pieces: taken", async () => {
    const raw = await RawHttp.connected(all.relay.port);
    raw.write(handshake());
    await raw.until(/maxPayload/);
    raw.write(webSocketFrame(TEXT, "40"));
    await raw.until(/40\{"sid"/);
    raw.write(pieces(128));
    await raw.until(/unknown_event/);
    raw.drop();
  });
});
