/**
 * The three derivations of the protocol. Every use has a label of its own, so that no output of one step can stand in
 * for another's.
 */
import { expand as hkdfExpand, extract as hkdfExtract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "../wire/bytes.js";
import { u16, vec8 } from "../wire/writer.js";

/** Labels of protocol v1. `epoch` and `hello …` are used by signatures too. */
export type Label =
  | "room"
  | "psk"
  | "open room"
  | "announce"
  | "sas commit"
  | "th1"
  | "th2"
  | "th3"
  | "th4"
  | "th5"
  | "hello A"
  | "hello B"
  | "tunnel A"
  | "tunnel B"
  | "bb84 key"
  | "check"
  | "session A"
  | "session B"
  | "sas"
  | "epoch"
  | "room key commitment"
  | "sender"
  | "message"
  | "key"
  | "chain"
  | "export";

/** label(l) = vec8< ASCII("qsec2/v1 " + l) > */
export function label(name: Label): Uint8Array {
  return vec8(utf8(`qsec2/v1 ${name}`));
}

/** H(l, x…) = SHA-256( label(l) ‖ x… ), 32 bytes. */
export function hash(name: Label, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(concat(label(name), ...parts));
}

/** Extract(salt, ikm) = HMAC-SHA-256(key = salt, msg = ikm), 32 bytes (HKDF-Extract, RFC 5869 §2.2). */
export function extract(salt: Uint8Array, ikm: Uint8Array): Uint8Array {
  return hkdfExtract(sha256, ikm, salt);
}

/** Expand(prk, l, ctx, L) = HKDF-Expand-SHA-256(prk, u16(L) ‖ label(l) ‖ ctx, L) (RFC 5869 §2.3). */
export function expand(prk: Uint8Array, name: Label, context: Uint8Array, length: number): Uint8Array {
  return hkdfExpand(sha256, prk, concat(u16(length), label(name), context), length);
}
