import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { decodePing, decodePong, encodePing, encodePong } from "./records.js";

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
