import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { throwsCode } from "../../testing/throws.js";
import { weight } from "../bits.js";
import { platformRandom, seededRandom } from "./sources.js";
import { WordStream } from "./word-stream.js";
import { xoshiro128 } from "./xoshiro.js";

test("xoshiro128** gives the outputs of its authors' implementation from the state 1, 2, 3, 4", () => {
  const words = new Int32Array(10);
  xoshiro128([1, 2, 3, 4])(words);
  assert.deepEqual(
    [...new Uint32Array(words.buffer)],
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  );
});

describe("seeded randomness", () => {
  test("is the same for the same seed, another one for another seed", () => {
    assert.deepEqual(seededRandom("a")(100), seededRandom("a")(100));
    assert.notDeepEqual(seededRandom("a")(100), seededRandom("b")(100));
    assert.notDeepEqual(seededRandom("")(100), new Uint8Array(100));
  });

  test("goes on where the request before ended, at the next word", () => {
    const [whole, parts] = [seededRandom("parts")(12), seededRandom("parts")];
    assert.deepEqual([...parts(4), ...parts(3), ...parts(4)], [...whole.subarray(0, 7), ...whole.subarray(8)]);
    assert.equal(parts(0).length, 0);
  });

  test("is as often 1 as 0", () => {
    withinFiveSigma(weight(seededRandom("fair")(1 << 18)), 8 << 18, 0.5);
  });

  test("needs a text as its seed", () => {
    for (const seed of [1, undefined, null, {}]) throwsCode("bad_option", () => seededRandom(seed as never));
  });
});

test("the platform's generator gives arrays longer than one request to it may be", () => {
  const bytes = platformRandom(200_000);
  assert.equal(bytes.length, 200_000);
  assert.ok(bytes.subarray(190_000).some((byte) => byte !== 0));
  assert.notDeepEqual(platformRandom(32), platformRandom(32));
});

describe("a stream of words", () => {
  test("takes blocks of 64 KiB and zeroes them, and after a wipe takes a new one", () => {
    const blocks: Uint8Array[] = [];
    const stream = new WordStream((length) => {
      blocks.push(new Uint8Array(length).fill(blocks.length + 1));
      return blocks.at(-1)!;
    });
    assert.deepEqual([stream.next(), stream.next()], [0x0101_0101, 0x0101_0101]);
    assert.deepEqual([blocks.length, blocks[0].length], [1, 65_536]);
    assert.ok(blocks[0].every((byte) => byte === 0));
    stream.wipe();
    assert.equal(stream.next(), 0x0202_0202);
    for (let i = 0; i < 65_536 / 4 - 1; i++) stream.next();
    assert.equal(stream.next(), 0x0303_0303);
  });

  test("has fractions from 0 up to 1, without 1", () => {
    assert.equal(new WordStream((length) => new Uint8Array(length)).fraction(), 0);
    const highest = new WordStream((length) => new Uint8Array(length).fill(0xff)).fraction();
    assert.equal(highest, 1 - 2 ** -53);
  });
});
