import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { WebSocket } from "ws";
import { textFrame } from "./text-frame.js";

const TEXTS = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map((length) => "x".repeat(length));

test("a WebSocket client reads texts of any length, also with characters of several bytes", async (t) => {
  const texts = [...TEXTS, "é".repeat(63), "😀".repeat(16_384)];
  const server = createServer((socket) =>
    socket.once("data", (request) => {
      const [, key] = /^Sec-WebSocket-Key: (.*)\r$/m.exec(request.toString()) ?? assert.fail();
      const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
      const lines = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      for (const text of texts) socket.write(textFrame(text));
    }),
  ).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => client.terminate());
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("message", (data: Buffer, binary) => {
      assert.equal(binary, false);
      if (heard.push(data.toString()) === texts.length) resolve();
    });
  });
  assert.deepEqual(heard, texts);
});
