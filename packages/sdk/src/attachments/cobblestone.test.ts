import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inflateSync } from "node:zlib";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { content } from "../testing/files.js";
import { fromHex, hexField } from "../testing/hex.js";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { rejectsCode } from "../testing/throws.js";
import { testVectors } from "../testing/vectors.js";
import { casesOf } from "../testing/wycheproof.js";
import { concat, toHex, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { CHUNK_BYTES, ChunkCipher, HEADER_BYTES, openStream, SEALED_CHUNK_BYTES, sealStream } from "./cobblestone.js";
import { fileContext } from "./context.js";

const KEY: Uint8Array = new Uint8Array(32).fill(7);
const SALT: Uint8Array = new Uint8Array(24).fill(8);
const CONTEXT = utf8("a context");

async function* pieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return concat(...all);
}

async function seal(message: Uint8Array, context = CONTEXT, key = KEY, salt = SALT): Promise<Uint8Array> {
  return collect(sealStream(await ChunkCipher.create(key, salt, context), pieces(message)));
}

function open(blob: Uint8Array, context = CONTEXT, key = KEY, size?: number): Promise<Uint8Array> {
  return collect(openStream(key, context, pieces(blob, size)));
}

describe("Cobblestone-256", () => {
  it("gives the blob of the test vectors byte for byte, and takes it", async () => {
    const { file } = PROTOCOL_VECTORS;
    const plaintext = new Uint8Array(20_000).fill(0x55);
    const context = fromHex(file.context);
    assert.equal(toHex(sha256(plaintext)), file.digest);
    assert.equal(toHex(fileContext(context.slice(13, 45), fromHex(file.digest))), file.context);
    assert.equal(toHex(await seal(plaintext, context, fromHex(file.fk), fromHex(file.salt))), file.blob);
    assert.deepEqual(await open(fromHex(file.blob), context, fromHex(file.fk)), plaintext);
  });

  testVectors("agrees with Wycheproof", "c2sp_chunked_encryption_aes_256_gcm_test.json", async (json) => {
    for (const vector of casesOf(json)) {
      const title = `${vector.tcId} ${String(vector["comment"])}`;
      const blob = new Uint8Array(inflateSync(hexField(vector, "ct")));
      const [key, context] = [hexField(vector, "key"), hexField(vector, "ctx")];
      const opened = await open(blob, context, key, 65_536).catch((error: unknown) => {
        assert.ok(error instanceof QsecError, title);
        return null;
      });
      assert.equal(opened !== null, vector.result === "valid", title);
      if (opened === null) continue;
      assert.equal(opened.length, vector["msgLength"], title);
      assert.equal(toHex(sha512(opened)), vector["msgSha512"], title);
      assert.deepEqual(await seal(opened, context, key, blob.slice(0, 24)), blob, title);
    }
  });

  it("brings back messages of any length, in pieces of any size", async () => {
    const length = fc.oneof(fc.constantFrom(0, 1, 16_383, 16_384, 16_385, 32_768), fc.nat(70_000));
    await fc.assert(
      fc.asyncProperty(length, fc.integer({ min: 1, max: 40_000 }), async (bytes, size) => {
        const message = content(bytes);
        const blob = await seal(message);
        assert.equal(blob.length, HEADER_BYTES + bytes + 16 * (Math.floor(bytes / CHUNK_BYTES) + 1));
        assert.deepEqual(await open(blob, CONTEXT, KEY, Math.max(size, 100)), message);
      }),
      { numRuns: 100 },
    );
  });

  it("refuses every cut, every addition and every changed bit", async () => {
    const blob = await seal(content(CHUNK_BYTES + 5));
    await fc.assert(
      fc.asyncProperty(fc.nat(blob.length - 1), fc.nat(7), async (at, bit) => {
        await assert.rejects(open(blob.subarray(0, at)), QsecError);
        await assert.rejects(open(concat(blob, blob.subarray(0, at + 1))), QsecError);
        const changed = blob.slice();
        changed[at] ^= 1 << bit;
        await assert.rejects(open(changed), QsecError);
      }),
      { numRuns: 100 },
    );
  });

  it("names what is wrong: the key or context, the end, a chunk", async () => {
    const full = await seal(content(CHUNK_BYTES));
    await rejectsCode("KEY_COMMIT", open(full, utf8("another context")));
    await rejectsCode("KEY_COMMIT", open(full, CONTEXT, new Uint8Array(32)));
    await rejectsCode("TRUNCATED", open(full.subarray(0, 55)));
    await rejectsCode("TRUNCATED", open(full.subarray(0, HEADER_BYTES + SEALED_CHUNK_BYTES)));
    await rejectsCode("DECRYPT", open(concat(full, new Uint8Array(1))));
    await rejectsCode("bad_option", open(full, CONTEXT, new Uint8Array(31)));
  });
});
