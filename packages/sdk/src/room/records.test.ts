import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { TIME_MAX } from "../wire/limits.js";
import { u64 } from "../wire/writer.js";
import {
  decodeAck,
  decodeDirect,
  decodePing,
  decodePong,
  DIRECT_TYPE,
  encodeDirect,
  encodePing,
  encodePong,
} from "./records.js";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const counters = fc.array(fc.nat({ max: 0xffff_ffff }), { maxLength: 128 });

describe("the records that keep an epoch fresh", () => {
  it("come back as they were written", () => {
    fc.assert(
      fc.property(hash, counters, fc.nat({ max: 0xffff_ffff }), (h, next, ping) => {
        assert.deepEqual(decodePing(encodePing({ hash: h, next })), { hash: h, next });
        const pong = { ping, hash: h, next, floor: next.map((value) => value >>> 1) };
        assert.deepEqual(decodePong(encodePong(pong)), pong);
      }),
    );
  });

  it("are refused when they are cut short or go on", () => {
    const ping = encodePing({ hash: new Uint8Array(32), next: [1, 2] });
    for (let length = 0; length < ping.length; length++) throwsCode("DECODE", () => decodePing(ping.slice(0, length)));
    throwsCode("DECODE", () => decodePing(Uint8Array.of(...ping, 0)));
    const pong = encodePong({ ping: 0, hash: new Uint8Array(32), next: [1], floor: [] });
    throwsCode("DECODE", () => decodePong(pong));
  });
});

describe("private messages and what confirms them", () => {
  it("come back as they were written, and are refused when they are cut short or go on", () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ maxLength: 300 }), (ms, body) => {
        const direct = { type: DIRECT_TYPE.application, ms, body };
        const content = encodeDirect(direct);
        assert.deepEqual(decodeDirect(content), direct);
        throwsCode("DECODE", () => decodeDirect(content.slice(0, -1)));
        throwsCode("DECODE", () => decodeDirect(Uint8Array.of(...content, 0)));
        assert.deepEqual(decodeAck(u64(ms)), { direct: ms });
      }),
    );
    throwsCode("DECODE", () =>
      decodeDirect(encodeDirect({ type: DIRECT_TYPE.text, ms: 1, body: Uint8Array.of(0xff) })),
    );
    for (const type of [0, 2, 4, 5])
      throwsCode("DECODE", () => decodeDirect(Uint8Array.of(type, ...new Uint8Array(12))));
  });

  it("are refused with a time that no date can hold", () => {
    const at = (ms: number) => encodeDirect({ type: DIRECT_TYPE.application, ms, body: new Uint8Array(0) });
    for (const ms of [TIME_MAX + 1, Number.MAX_SAFE_INTEGER]) throwsCode("DECODE", () => decodeDirect(at(ms)));
    assert.equal(new Date(decodeDirect(at(TIME_MAX)).ms).getTime(), TIME_MAX);
  });

  it("are confirmed by their time, an epoch by its hash, and nothing by anything else", () => {
    assert.deepEqual(decodeAck(new Uint8Array(32).fill(7)), { epoch: new Uint8Array(32).fill(7) });
    for (const length of [0, 7, 9, 31, 33]) throwsCode("DECODE", () => decodeAck(new Uint8Array(length)));
  });
});
