/** Keys that an application derives from a room's epoch for uses of its own (protocol §7.1). */
import { expand } from "../crypto/kdf.js";
import { QsecError } from "../wire/errors.js";

/** A key of the application's own. */
export interface ExportedKey {
  /** The epoch that it belongs to; another epoch gives another key. */
  readonly epoch: number;
  /** The caller's to keep and to wipe. */
  readonly key: Uint8Array;
}

/** As much as HKDF-Expand with SHA-256 gives (RFC 5869 §2.3): 255 blocks of 32 bytes. */
const LENGTH_MAX = 255 * 32;

/**
 * exporter_secret = Expand(room_key, "export", h, 32). It stays when the room key is wiped, and tells nothing about the
 * sender Chains.
 */
export function exporterSecret(roomKey: Uint8Array, hash: Uint8Array): Uint8Array {
  return expand(roomKey, "export", hash, 32);
}

/**
 * exporter(ctx, L) = Expand(exporter_secret, "export", ctx, L)
 * @param length 1 to 8160 bytes
 * @throws QsecError `bad_option`
 */
export function exportedKey(secret: Uint8Array, context: Uint8Array, length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > LENGTH_MAX)
    throw new QsecError("bad_option", `An exported key has 1 to ${LENGTH_MAX} bytes.`);
  return expand(secret, "export", context, length);
}
