import assert from "node:assert/strict";
import { before, describe } from "node:test";
import fc from "fast-check";
import { content } from "../testing/files.js";
import { property } from "../testing/property.js";
import { concat, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { CHUNK_BYTES, ChunkCipher, HEADER_BYTES, openStream, SEALED_CHUNK_BYTES, sealStream } from "./cobblestone.js";
import { FILE_BYTES_MAX } from "./layout.js";
import { padme } from "./padme.js";

const KEY: Uint8Array = new Uint8Array(32).fill(7);
const CONTEXT = utf8("a context");
const CHUNKS = [0, 1, 2, 3, 4, 5];

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return concat(...all);
}

describe("a sealed file", () => {
  let blob: Uint8Array;
  before(async () => {
    const cipher = await ChunkCipher.create(KEY, new Uint8Array(24).fill(8), CONTEXT);
    blob = await collect(sealStream(cipher, whole(content(5 * CHUNK_BYTES + 77))));
  });

  property(
    "P11: does not open in any subset or order of its chunks but the true one",
    fc.asyncProperty(
      fc.oneof(fc.shuffledSubarray(CHUNKS), fc.subarray(CHUNKS), fc.array(fc.nat(5), { maxLength: 8 })),
      async (picked) => {
        fc.pre(picked.join() !== CHUNKS.join());
        const at = (i: number) => HEADER_BYTES + i * SEALED_CHUNK_BYTES;
        const chunks = picked.map((i) => blob.subarray(at(i), at(i + 1)));
        const forged = concat(blob.subarray(0, HEADER_BYTES), ...chunks);
        await assert.rejects(collect(openStream(KEY, CONTEXT, whole(forged))), QsecError);
      },
    ),
  );

  const size = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: FILE_BYTES_MAX }));
  property(
    "P12: is padded to at least its size and at most 12 % more, monotonically",
    fc.property(size, size, (a, b) => {
      assert.ok(padme(a) >= a && padme(a) <= a * 1.12);
      assert.equal(padme(padme(a)), padme(a));
      if (a <= b) assert.ok(padme(a) <= padme(b));
    }),
  );
});
