import { sha256 } from "@noble/hashes/sha2.js";
import { ChunkCipher, sealStream } from "../../packages/sdk/src/attachments/cobblestone.js";
import { fileContext } from "../../packages/sdk/src/attachments/context.js";
import { padme } from "../../packages/sdk/src/attachments/padme.js";
import { concat, toHex } from "../../packages/sdk/src/wire/bytes.js";

/** A small file as a blob, not padded, so that the vector pins the cipher alone. */
export async function fileVector(rid: Uint8Array) {
  const file = new Uint8Array(20_000).fill(0x55);
  const [fk, salt] = [new Uint8Array(32).fill(0xf1), new Uint8Array(24).fill(0x5a)];
  const digest = sha256(file);
  const context = fileContext(rid, digest);
  const cipher = await ChunkCipher.create(fk, salt, context);
  const blob: Uint8Array[] = [];
  for await (const piece of sealStream(cipher, stream(file))) blob.push(piece);
  return {
    plaintext: "55 x 20000",
    digest: toHex(digest),
    fk: toHex(fk),
    salt: toHex(salt),
    context: toHex(context),
    blob: toHex(concat(...blob)),
  };
}

/** Lengths and what they are padded to. */
export function padmeVector(): [number, number][] {
  return [1, 2, 9, 16_384, 16_385, 100_000, 1_000_000, 52_428_800].map((length) => [length, padme(length)]);
}

/** Bytes as they come from a file: in pieces that are not chunks. */
async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7_000) yield bytes.subarray(at, at + 7_000);
}
