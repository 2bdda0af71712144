/** Seven emoji that two people compare (protocol §5.3, Appendix A). */
import { hash } from "../crypto/kdf.js";
import { EMOJI, type Emoji } from "./emoji.js";

/** 42 bits; the chance that an attacker in the middle shows equal codes is 2⁻⁴² an attempt. */
export interface SafetyCode {
  /** Seven indices 0 … 63, in order. */
  readonly indices: readonly number[];
  readonly emoji: readonly Emoji[];
  /** The same 42 bits as a number of 13 digits, grouped for reading aloud. */
  readonly digits: string;
}

/** SAS = top 42 bits of H("sas", th1 ‖ n_B), seven 6-bit indices. */
export function safetyCode(th1: Uint8Array, nonce: Uint8Array): SafetyCode {
  const digest = hash("sas", th1, nonce);
  let value = 0n;
  for (const byte of digest.subarray(0, 6)) value = (value << 8n) | BigInt(byte);
  value >>= 6n; // 48 bits less 6
  const indices = Array.from({ length: 7 }, (_, i) => Number((value >> BigInt(36 - 6 * i)) & 63n));
  const digits = value.toString().padStart(13, "0");
  return {
    indices,
    emoji: indices.map((index) => EMOJI[index]),
    digits: `${digits.slice(0, 4)} ${digits.slice(4, 8)} ${digits.slice(8)}`,
  };
}
