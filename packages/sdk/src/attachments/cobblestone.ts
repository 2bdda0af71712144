/**
 * Cobblestone-256: chunked, key-committing encryption with AES-256-GCM (`c2sp.org/chunked-encryption@v1`, instantiated
 * with AEAD_AES_256_GCM and HKDF-Expand-SHA-512).
 *
 *     blob = salt[24] ‖ commitment[32] ‖ chunks of 16 KiB, each with its tag of 16 bytes
 *
 * The nonce of a chunk is base_nonce ⊕ its number. The last chunk is strictly shorter than 16 KiB, and possibly empty:
 * its length marks the end, so that neither cutting a blob nor adding to it goes unnoticed.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, AEAD_TAG_BYTES } from "../crypto/aead.js";
import { wipe } from "../crypto/wipe.js";
import { concat, equalBytes, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { regroup } from "./regroup.js";

export const FILE_KEY_BYTES = 32;
export const SALT_BYTES = 24;
const COMMITMENT_BYTES = 32;
export const HEADER_BYTES = SALT_BYTES + COMMITMENT_BYTES;
export const CHUNK_BYTES = 16_384;
/** A full chunk with its tag. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + AEAD_TAG_BYTES;

const SUITE = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

type Buffer = Uint8Array<ArrayBuffer>; // what WebCrypto's types ask for

/** key ‖ base_nonce ‖ commitment */
const OKM_BYTES = AEAD_KEY_BYTES + AEAD_NONCE_BYTES + COMMITMENT_BYTES;

/**
 * HKDF-Expand-SHA-512 (RFC 5869 §2.3), two blocks of 64 bytes of which {@link OKM_BYTES} are used. Written out, as noble's
 * refuses a key that is shorter than the hash: here it is 32 uniformly random bytes, as the format asks for.
 */
function expand(key: Uint8Array, info: Uint8Array): Uint8Array {
  const first = hmac(sha512, key, concat(info, Uint8Array.of(1)));
  const second = hmac(sha512, key, concat(first, info, Uint8Array.of(2)));
  const okm = concat(first, second);
  wipe(first, second);
  return okm;
}

/** The keys of one blob. Chunks can be sealed and opened in any order, by number. */
export class ChunkCipher {
  /** salt ‖ commitment */
  readonly header: Uint8Array;
  readonly #key: CryptoKey;
  readonly #baseNonce: Uint8Array;

  private constructor(header: Uint8Array, key: CryptoKey, baseNonce: Uint8Array) {
    this.header = header;
    this.#key = key;
    this.#baseNonce = baseNonce;
  }

  /**
   * To seal. The same key, salt and context must never serve two different messages: nonces would repeat.
   * @param fileKey 32 bytes
   * @param salt 24 bytes
   * @throws QsecError `bad_option` for a key or salt of another length
   */
  static async create(fileKey: Uint8Array, salt: Uint8Array, context: Uint8Array): Promise<ChunkCipher> {
    if (fileKey.length !== FILE_KEY_BYTES || salt.length !== SALT_BYTES)
      throw new QsecError(
        "bad_option",
        `A file is sealed with a key of ${FILE_KEY_BYTES} and a salt of ${SALT_BYTES} bytes.`,
      );
    const okm = expand(fileKey, concat(SUITE, salt, context));
    try {
      const raw = okm.subarray(0, AEAD_KEY_BYTES) as Buffer;
      const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
      const commitment = okm.subarray(AEAD_KEY_BYTES + AEAD_NONCE_BYTES, OKM_BYTES);
      const baseNonce = okm.slice(AEAD_KEY_BYTES, AEAD_KEY_BYTES + AEAD_NONCE_BYTES);
      return new ChunkCipher(concat(salt, commitment), key, baseNonce);
    } finally {
      wipe(okm);
    }
  }

  /**
   * To open: takes the salt from the header and checks the commitment before any chunk is touched.
   * @throws QsecError `TRUNCATED` for a header that is cut, `KEY_COMMIT` when the blob was sealed with another key or for
   * another context, `bad_option` for a key of another length
   */
  static async forHeader(fileKey: Uint8Array, header: Uint8Array, context: Uint8Array): Promise<ChunkCipher> {
    if (header.length < HEADER_BYTES) throw truncated();
    const cipher = await ChunkCipher.create(fileKey, header.slice(0, SALT_BYTES), context);
    if (!equalBytes(cipher.header, header))
      throw new QsecError("KEY_COMMIT", "A file was sealed with another key, or for another room or content.");
    return cipher;
  }

  /** @param chunk at most 16 KiB; only the last one is shorter. @returns ciphertext ‖ tag */
  async seal(number: number, chunk: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.encrypt(this.#parameters(number), this.#key, chunk as Buffer));
  }

  /** @throws QsecError `TRUNCATED` for a chunk that is shorter than its tag, `DECRYPT` when the tag does not match */
  async open(number: number, sealed: Uint8Array): Promise<Uint8Array> {
    if (sealed.length < AEAD_TAG_BYTES) throw truncated();
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.#parameters(number), this.#key, sealed as Buffer));
    } catch (cause) {
      throw new QsecError("DECRYPT", "A chunk of a file does not open: it was changed, or is not in its place.", {
        cause,
      });
    }
  }

  #parameters(number: number): AesGcmParams {
    if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff)
      throw new RangeError("The number of a chunk is a u32.");
    const nonce = this.#baseNonce.slice();
    const view = new DataView(nonce.buffer);
    view.setUint32(AEAD_NONCE_BYTES - 4, (view.getUint32(AEAD_NONCE_BYTES - 4) ^ number) >>> 0);
    return { name: "AES-GCM", iv: nonce, tagLength: AEAD_TAG_BYTES * 8 };
  }
}

/** The blob of a message of any length, piece by piece; holds one chunk at a time. */
export async function* sealStream(cipher: ChunkCipher, message: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield cipher.header.slice();
  let number = 0;
  for await (const chunk of regroup(message, CHUNK_BYTES)) yield cipher.seal(number++, chunk);
}

/**
 * The message of a blob, chunk by chunk. What was yielded before an error is to be thrown away: only a stream that ends
 * without one was whole.
 * @throws QsecError `TRUNCATED`, `KEY_COMMIT`, `DECRYPT`, `bad_option`
 */
export async function* openStream(
  fileKey: Uint8Array,
  context: Uint8Array,
  blob: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { header, rest } = await splitHeader(blob);
  const cipher = await ChunkCipher.forHeader(fileKey, header, context);
  let number = 0;
  for await (const sealed of regroup(rest, SEALED_CHUNK_BYTES)) yield cipher.open(number++, sealed);
}

/** The first 56 bytes (fewer of a blob that is cut), and a stream of what follows. */
async function splitHeader(
  blob: AsyncIterable<Uint8Array>,
): Promise<{ header: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const pieces = blob[Symbol.asyncIterator]();
  let start = new Uint8Array(0);
  while (start.length < HEADER_BYTES) {
    const next = await pieces.next();
    if (next.done) break;
    start = concat(start, next.value) as Buffer;
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield start.subarray(HEADER_BYTES);
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  };
  return { header: start.slice(0, HEADER_BYTES), rest: rest() };
}

function truncated(): QsecError {
  return new QsecError("TRUNCATED", "A file is cut short.");
}
