import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drbg } from "../testing/drbg.js";
import { rejectsCode } from "../testing/throws.js";
import { trackArraysUntil } from "../testing/tracked-arrays.js";
import { QsecError } from "../wire/errors.js";
import { u32 } from "../wire/writer.js";
import { open } from "./aead.js";
import { Chain } from "./chain.js";
import { expand } from "./kdf.js";

const KEY = drbg("chain")(32);
const AAD = Uint8Array.of(1, 2, 3);
const body = (n: number) => Uint8Array.of(n >>> 8, n & 0xff);
const accept = (plaintext: Uint8Array) => plaintext;
/** Each step of a chain derives one message key, and nothing else in it is as long. */
const messageKeys = (arrays: readonly Uint8Array[]) => arrays.filter(({ length }) => length === 44);

/** A sender and a receiver with the same chain key, and the first `count` messages sealed. */
async function pair(count: number) {
  const sender = new Chain(KEY.slice());
  const boxes: Uint8Array[] = [];
  for (let n = 0; n < count; n++) boxes.push((await sender.seal(AAD, body(n))).box);
  const receiver = new Chain(KEY.slice());
  const receive = (seq: number, box: Uint8Array | undefined = boxes[seq]) => receiver.open(seq, AAD, box, accept);
  return { sender, receiver, boxes, receive };
}

describe("a chain", () => {
  test("takes key and nonce of each message from the chain key of its step", async () => {
    const { boxes } = await pair(4);
    let chainKey = KEY;
    for (let n = 0; n < boxes.length; n++) {
      const message = expand(chainKey, "key", u32(n), 44);
      assert.deepEqual(await open(message.subarray(0, 32), message.subarray(32), AAD, boxes[n]), body(n));
      chainKey = expand(chainKey, "chain", u32(n), 32);
    }
  });

  test("P3: never seals twice with the same key, not even when calls run at the same time", async () => {
    const sender = new Chain(KEY.slice());
    const sealed = await Promise.all(Array.from({ length: 50 }, () => sender.seal(AAD, body(0))));
    assert.deepEqual(
      sealed.map(({ seq }) => seq),
      Array.from({ length: 50 }, (_, n) => n),
    );
    assert.equal(new Set(sealed.map(({ box }) => box.join())).size, 50);
  });

  test("gives the additional data the sequence number that the message gets", async () => {
    const sender = new Chain(KEY.slice());
    await sender.seal(AAD, body(0));
    const { seq, box } = await sender.seal((n) => u32(n), body(1));
    const receiver = new Chain(KEY.slice());
    assert.deepEqual(await receiver.open(seq, u32(1), box, accept), body(1));
  });

  test("opens a message 256 ahead, refuses one that is 257 ahead, and is not moved by it", async () => {
    const { receiver, receive } = await pair(258);
    await rejectsCode("GAP", receive(257));
    await rejectsCode("GAP", receive(0xffff_ffff, new Uint8Array(18)));
    assert.equal(receiver.next, 0);
    assert.deepEqual(await receive(256), body(256));
    assert.deepEqual(await receive(0), body(0));
    assert.deepEqual(await receive(257), body(257));
  });

  test("keeps the keys of at most 256 messages that were passed over; the oldest go first", async () => {
    const { receive } = await pair(261);
    await receive(256); // passes over 0 … 255
    await receive(260); // and over 257, 258, 259
    for (const lost of [0, 1, 2]) await rejectsCode("REPLAY", receive(lost));
    for (const kept of [3, 255, 257, 259]) assert.deepEqual(await receive(kept), body(kept));
  });

  test("is not changed by a box that does not open or that the check refuses", async () => {
    const { receiver, boxes, receive } = await pair(6);
    await receive(2); // 0 and 1 are passed over now
    const refuse = () => {
      throw new QsecError("PADDING", "refused");
    };
    for (const seq of [0, 3, 5]) {
      const forged = boxes[seq].slice();
      forged[0] ^= 1;
      await rejectsCode("DECRYPT", receive(seq, forged));
      await rejectsCode("DECRYPT", receiver.open(seq, Uint8Array.of(9), boxes[seq], accept));
      await rejectsCode("DECRYPT", receive(seq, boxes[seq === 0 ? 1 : 0]));
      await rejectsCode("PADDING", receiver.open(seq, AAD, boxes[seq], refuse));
    }
    assert.equal(receiver.next, 3);
    for (const seq of [5, 0, 4, 1, 3]) assert.deepEqual(await receive(seq), body(seq));
  });

  test("derives each key once, however many forged messages claim a number far ahead", async () => {
    const { receiver, receive, boxes } = await pair(257);
    const forged = new Uint8Array(272);
    const first = await trackArraysUntil(() => rejectsCode("DECRYPT", receive(256, forged)));
    assert.equal(messageKeys(first).length, 257);
    const later = await trackArraysUntil(async () => {
      for (const seq of [256, 256, 255, 0]) await rejectsCode("DECRYPT", receive(seq, forged));
      for (const seq of [1, 0, 200, 256]) assert.deepEqual(await receive(seq), body(seq));
      await receiver.pass(3);
    });
    assert.equal(messageKeys(later).length, 0);
    await rejectsCode("REPLAY", receive(3, boxes[3]));
    const next = await trackArraysUntil(() => rejectsCode("DECRYPT", receive(257, forged)));
    assert.equal(messageKeys(next).length, 1);
  });

  test("passes what was opened elsewhere, however far ahead, and holds nothing else up meanwhile", async () => {
    const receiver = new Chain(KEY.slice());
    let turns = 0;
    const beside = setInterval(() => void turns++);
    await receiver.pass(20_000);
    clearInterval(beside);
    assert.ok(turns > 2, "timers run meanwhile");
    assert.equal(receiver.next, 20_001);
    const sender = new Chain(KEY.slice());
    await sender.pass(19_799);
    const { seq, box } = await sender.seal(AAD, body(1));
    assert.equal(seq, 19_800);
    assert.deepEqual(await receiver.open(seq, AAD, box, accept), body(1), "the last keys are kept");
    await rejectsCode("REPLAY", receiver.open(20_000, AAD, box, accept));
    await rejectsCode("REPLAY", receiver.open(19_000, AAD, box, accept));
  });

  test("seals with the key of its step, also when a forged message was tried before it", async () => {
    const { boxes, receiver } = await pair(3);
    await rejectsCode("DECRYPT", receiver.open(9, AAD, new Uint8Array(32), accept));
    for (const [n, expected] of boxes.entries())
      assert.deepEqual(await receiver.seal(AAD, body(n)), { seq: n, box: expected });
  });

  test("counts as passed without a gap only what was opened, whatever a forged message has had it derive", async () => {
    const { receiver, receive } = await pair(3);
    await rejectsCode("DECRYPT", receive(9, new Uint8Array(32)));
    const positions = [[receiver.next, receiver.contiguous]];
    for (const seq of [1, 0, 2]) {
      await receive(seq);
      positions.push([receiver.next, receiver.contiguous]);
    }
    assert.deepEqual(positions, [
      [0, 0],
      [2, 0],
      [2, 2],
      [3, 3],
    ]);
  });

  test("opens messages that arrive at the same time one after the other", async () => {
    const { receive } = await pair(8);
    const opened = await Promise.all([3, 0, 7, 1, 2, 6, 5, 4].map((seq) => receive(seq)));
    assert.deepEqual(
      opened.map(([, low]) => low),
      [3, 0, 7, 1, 2, 6, 5, 4],
    );
  });

  test("owns its key, and zeroes it at the first step", async () => {
    const key = KEY.slice();
    const chain = new Chain(key);
    await chain.seal(AAD, body(0));
    assert.deepEqual(key, new Uint8Array(32));
  });

  test("neither seals nor opens once it is wiped, nor what was under way then", async () => {
    const { sender, receiver, boxes, receive } = await pair(3);
    await receive(1);
    const underWay = receive(2);
    await Promise.resolve(); // the task has begun; WebCrypto has not answered
    receiver.wipe();
    await rejectsCode("destroyed", underWay);
    for (const seq of [0, 2]) await rejectsCode("destroyed", receive(seq, boxes[seq]));
    sender.wipe();
    await rejectsCode("destroyed", sender.seal(AAD, body(3)));
  });

  test("P14: zeroes with its key those that it has derived for messages passed over and for forged ones ahead", async () => {
    const { receiver, receive, boxes } = await pair(6);
    const arrays = await trackArraysUntil(async () => {
      await receive(5);
      await rejectsCode("DECRYPT", receive(200, new Uint8Array(32)));
      await rejectsCode("DECRYPT", receive(2, boxes[3]));
    });
    const keys = messageKeys(arrays);
    assert.equal(keys.filter((key) => key.some((byte) => byte !== 0)).length, 200, "all but that of the opened one");
    receiver.wipe();
    assert.ok(keys.every((key) => key.every((byte) => byte === 0)));
  });

  test("a wiped chain has zeroed the key it was given", () => {
    const key = KEY.slice();
    new Chain(key).wipe();
    assert.deepEqual(key, new Uint8Array(32));
  });
});
