import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../testing/throws.js";
import { toBase64url } from "./base64url.js";
import * as schemas from "./blob-schemas.js";
import { BLOB_PART_BYTES, BLOB_PARTS_MAX } from "./limits.js";

const blob = toBase64url(new Uint8Array(16).fill(5));

describe("the schemas of file events", () => {
  test("take their examples as they are and drop what they do not know", () => {
    const extra = { extra: 1, constructor: 2 };
    assert.deepEqual(schemas.parseBlobName({ blob, ...extra }), { blob });
    assert.deepEqual(schemas.parseBlobName({ room: "r", blob }), { room: "r", blob });
    assert.deepEqual(schemas.parseBlobPart({ blob, part: 7, ...extra }), { blob, part: 7 });
    const last = { blob, part: BLOB_PARTS_MAX - 1, parts: BLOB_PARTS_MAX };
    assert.deepEqual(schemas.parseBlobPut({ ...last, ...extra }), last);
  });

  test("refuse what does not fit", () => {
    for (const value of [
      null,
      [],
      "x",
      {},
      { blob: 1 },
      { blob: `${blob}A` },
      { blob, room: 1 },
      { blob, room: "r".repeat(65) },
    ])
      throwsCode("bad_request", () => schemas.parseBlobName(value));
    for (const part of [-1, 0.5, "0", undefined, BLOB_PARTS_MAX])
      throwsCode("bad_request", () => schemas.parseBlobPart({ blob, part }));
    for (const [part, parts] of [
      [0, 0],
      [1, 1],
      [0, BLOB_PARTS_MAX + 1],
      [0, undefined],
    ])
      throwsCode("bad_request", () => schemas.parseBlobPut({ blob, part, parts }));
  });

  test("take a part as a library hands it over, and nothing else", () => {
    for (const bytes of [Buffer.from([1, 2]), Uint8Array.of(1, 2), Uint8Array.of(1, 2).buffer])
      assert.deepEqual([...schemas.parsePartBytes(bytes)], [1, 2]);
    for (const value of [undefined, null, "AQI", [1, 2], new Uint8Array(), { length: 2 }])
      throwsCode("frame_malformed", () => schemas.parsePartBytes(value));
    throwsCode("frame_too_large", () => schemas.parsePartBytes(new Uint8Array(BLOB_PART_BYTES + 1)));
  });

  test("read the answers of a relay, refusals among them", () => {
    const bitmap = Uint8Array.of(0xff, 0x80);
    assert.deepEqual(schemas.parseBlobHave({ ok: true, parts: 9, bitmap: toBase64url(bitmap) }), {
      ok: true,
      parts: 9,
      bitmap,
    });
    assert.deepEqual(schemas.parseBlobHave({ ok: true, parts: 0, bitmap: "" }), {
      ok: true,
      parts: 0,
      bitmap: new Uint8Array(),
    });
    throwsCode("bad_request", () => schemas.parseBlobHave({ ok: true, parts: 17, bitmap: toBase64url(bitmap) }));
    throwsCode("frame_malformed", () => schemas.parseBlobHave({ ok: true, parts: 8, bitmap: "!!" }));
    assert.deepEqual(schemas.parseBlobBytes({ ok: true, bytes: Uint8Array.of(1) }), {
      ok: true,
      bytes: Uint8Array.of(1),
    });
    throwsCode("frame_malformed", () => schemas.parseBlobBytes({ ok: true }));
    const refusal = { ok: false, code: "unknown_blob", message: "It is gone." };
    assert.deepEqual(schemas.parseBlobHave(refusal), refusal);
    assert.deepEqual(schemas.parseBlobBytes(refusal), refusal);
  });
});
