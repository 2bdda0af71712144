import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { bystanders } from "../testing/bystanders.js";
import { fixture } from "../testing/fixture.js";
import { handshake, RawHttp, webSocketFrame } from "../testing/raw-http.js";

const TEXT = 1;

/** A socket that has entered Socket.IO, and whose client answers no ping. */
async function entered(port: number): Promise<RawHttp> {
  const raw = await RawHttp.connected(port);
  raw.write(handshake());
  await raw.until(/maxPayload/);
  raw.write(webSocketFrame(TEXT, "40"));
  await raw.until(/40\{"sid"/);
  return raw;
}

/** Those who take their time: what they do, and what the relay says before it hangs up on them. */
const SLOW: readonly (readonly [what: string, begin: (port: number) => Promise<RawHttp>, says: RegExp])[] = [
  ["somebody who connects and says nothing", (port) => RawHttp.connected(port), /^(HTTP\/1\.1 408[^]*)?$/],
  [
    "a header that never ends",
    (port) => opened(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n"),
    /^HTTP\/1\.1 408/,
  ],
  [
    "a body that never ends",
    (port) => opened(port, "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx"),
    /^HTTP\/1\.1 (405|408)/,
  ],
  ["a WebSocket that never enters Socket.IO", (port) => opened(port, handshake()), /maxPayload/],
  ["half a frame", (port) => after(port, webSocketFrame(TEXT, "42[".repeat(30)).subarray(0, 20)), /40\{"sid"/],
  [
    "a message of which the last piece never comes",
    (port) => after(port, webSocketFrame(TEXT, "42", false)),
    /40\{"sid"/,
  ],
  ["somebody who has gone without a word", entered, /40\{"sid"/],
];

async function opened(port: number, text: string): Promise<RawHttp> {
  const raw = await RawHttp.connected(port);
  raw.write(text);
  return raw;
}

async function after(port: number, bytes: Buffer): Promise<RawHttp> {
  const raw = await entered(port);
  raw.write(bytes);
  return raw;
}

test(
  "whoever takes too long is hung up on, all at once and beside a room that goes on",
  { concurrency: true },
  async (t) => {
    const all = await fixture(t, { heartbeat: 1 });
    const { undisturbed } = await bystanders(all);
    const attachment = t.test("an attachment that was announced and does not come: hung up on", missingAttachment);
    await Promise.all([
      attachment,
      ...SLOW.map(([what, begin, says]) =>
        t.test(`${what}: hung up on`, async () => {
          const raw = await begin(all.relay.port);
          assert.match(await raw.ended(), says);
          await undisturbed();
        }),
      ),
    ]);
  },
);

/** On a relay of its own, whose pings come later than this deadline. */
async function missingAttachment(t: TestContext): Promise<void> {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const raw = await after(all.relay.port, webSocketFrame(TEXT, '451-["blob_put",{},{"_placeholder":true,"num":0}]'));
  await raw.ended();
  assert.equal(all.relay.stats.refused.attachment_timeout, 1);
  await undisturbed();
}

test("a socket that is in no room, or says nothing for long, is told so and cut; one that talks is not", async (t) => {
  const all = await fixture(t, { joinDeadline: 300, idle: 1, heartbeat: 0.2 });
  const { undisturbed } = await bystanders(all);
  const talking = setInterval(() => void undisturbed(), 300);
  const outside = await all.client("outside");
  const silent = await all.member("silent", "r");
  try {
    await Promise.all([outside.ended(), silent.ended()]);
  } finally {
    clearInterval(talking);
  }
  assert.equal(outside.all("relay_error").length, 1);
  assert.equal((await outside.next("relay_error")).code, "join_timeout");
  assert.equal((await silent.next("relay_error")).code, "idle_timeout");
  assert.deepEqual([all.relay.stats.refused.join_timeout, all.relay.stats.refused.idle_timeout], [1, 1]);
});
