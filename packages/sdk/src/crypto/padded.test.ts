import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { drbg } from "../testing/drbg.js";
import { throwsCode } from "../testing/throws.js";
import { arraysWith, trackArrays } from "../testing/tracked-arrays.js";
import { pad } from "../wire/pad.js";
import { readPadded, sealPadded } from "./padded.js";

const SECRET = drbg("padded")(32);

describe("what a box held", () => {
  it("is zeroed when it was read, also when it is refused or its padding is wrong", () => {
    const refuse = () => {
      throw new Error("no");
    };
    const { arrays } = trackArrays(() => {
      assert.deepEqual(
        readPadded(pad(SECRET), (content) => content.length),
        32,
      );
      assert.throws(() => readPadded(pad(SECRET), refuse), { message: "no" });
      const dirty = pad(SECRET);
      dirty[255] = 1;
      throwsCode("PADDING", () => readPadded(dirty, refuse));
    });
    assert.ok(arrays.length >= 5);
    assert.deepEqual(arraysWith(SECRET, arrays), []);
  });

  it("is zeroed in its padded copy once it is sealed or could not be", async () => {
    const seen: Uint8Array[] = [];
    const seal = (padded: Uint8Array) => {
      seen.push(padded);
      assert.equal(arraysWith(SECRET, [padded]).length, 1);
      return seen.length === 1 ? Promise.resolve("sealed") : Promise.reject(new Error("no"));
    };
    assert.equal(await sealPadded(SECRET, seal), "sealed");
    await assert.rejects(sealPadded(SECRET, seal), { message: "no" });
    assert.deepEqual(arraysWith(SECRET, seen), []);
  });
});
