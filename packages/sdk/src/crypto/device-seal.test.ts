import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejectsCode } from "../testing/throws.js";
import { utf8 } from "../wire/bytes.js";
import { openOnDevice, sealForDevice } from "./device-seal.js";

const aad = utf8("where it belongs");

describe("sealing for this device", () => {
  it("opens what it has sealed, and nobody can take the key out", async () => {
    const sealed = await sealForDevice(aad, utf8("a seed"));
    assert.deepEqual(await openOnDevice(aad, sealed), utf8("a seed"));
    assert.equal(sealed.key.extractable, false);
    await assert.rejects(crypto.subtle.exportKey("raw", sealed.key));
  });

  it("uses a key once: the same text sealed twice gives two keys and two boxes", async () => {
    const [one, two] = [await sealForDevice(aad, utf8("a seed")), await sealForDevice(aad, utf8("a seed"))];
    assert.notDeepEqual(one.box, two.box);
    await rejectsCode("DECRYPT", openOnDevice(aad, { key: one.key, box: two.box }));
  });

  it("refuses a box that was changed or belongs elsewhere", async () => {
    const sealed = await sealForDevice(aad, utf8("a seed"));
    await rejectsCode("DECRYPT", openOnDevice(utf8("elsewhere"), sealed));
    sealed.box[0] ^= 1;
    await rejectsCode("DECRYPT", openOnDevice(aad, sealed));
  });
});
