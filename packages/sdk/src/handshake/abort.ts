/** ABORT and WANT: the two frames outside the tunnel. Both are unauthenticated hints (protocol §5.7). */
import { concat } from "../wire/bytes.js";
import { QsecError, type ProtocolErrorCode } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import { PROTOCOL_VERSION } from "../wire/limits.js";
import { Reader } from "../wire/reader.js";
import { checkFrame } from "./messages.js";

/** The codes that may be sent, by their number. The rest of the protocol's codes are local only. */
export const ABORT_CODE = {
  VERSION: 1,
  MODE: 2,
  STALE: 3,
  DECRYPT: 4,
  BAD_SIG: 5,
  BAD_COMMIT: 6,
  QBER: 7,
  INSUFFICIENT: 8,
  RECONCILE: 9,
  TIMEOUT: 10,
  OUTRANKED: 11,
  ROOM_FULL: 12,
  REJECTED: 13,
  QKD: 14,
  DECODE: 15,
  NOT_MEMBER: 16,
  PROFILE: 17,
  NOT_LEADER: 18,
  SIFT: 19,
} as const satisfies Partial<Record<ProtocolErrorCode, number>>;
export type AbortCode = keyof typeof ABORT_CODE;

const SENTENCES: Record<AbortCode, string> = {
  VERSION: "The other side speaks another version of the protocol.",
  MODE: "The other side opened this room in another admission mode.",
  STALE: "The announced key was used already; a fresh one is needed.",
  DECRYPT: "The handshake does not open: this invite does not match, or the relay tampers.",
  BAD_SIG: "A signature in the handshake is wrong.",
  BAD_COMMIT: "The other side did not open its commitment honestly.",
  QBER: "Too many errors on the quantum channel: the exchange was stopped and no key was made.",
  INSUFFICIENT: "The channel was too noisy to get a key from this many qubits.",
  RECONCILE: "Some errors could not be corrected, so the keys did not agree.",
  TIMEOUT: "The other side did not answer in time.",
  OUTRANKED: "Another leader's room is larger; this side joins it.",
  ROOM_FULL: "The room is full.",
  REJECTED: "A person said that the emoji do not match.",
  QKD: "The key from the quantum hardware is missing or was not asked for.",
  DECODE: "A message of the handshake is malformed.",
  NOT_MEMBER: "The other side is not a member of this room.",
  PROFILE: "The other side does not take this BB84 profile.",
  NOT_LEADER: "The other side does not lead this room.",
  SIFT: "Too few bases agreed to estimate the error rate.",
};

export function abortSentence(code: AbortCode): string {
  return SENTENCES[code];
}

/** The code to tell the peer about a local error; local-only codes are told as the nearest sendable one. */
export function abortCodeOf(error: unknown): AbortCode {
  if (error instanceof QsecError && Object.hasOwn(ABORT_CODE, error.code)) return error.code as AbortCode;
  return "DECODE";
}

/** u8 ver ‖ u8 0x0f ‖ ref[8] ‖ u8 code */
export function encodeAbort(reference: Uint8Array, code: AbortCode): Uint8Array {
  return concat(Uint8Array.of(PROTOCOL_VERSION, KIND.ABORT), reference, Uint8Array.of(ABORT_CODE[code]));
}

/** @throws QsecError `DECODE` */
export function decodeAbort(frame: Uint8Array): { reference: Uint8Array; code: AbortCode } {
  checkFrame(frame, KIND.ABORT);
  const reader = new Reader(frame);
  reader.bytes(2);
  const reference = reader.bytes(8);
  const number = reader.u8();
  reader.end();
  const code = (Object.keys(ABORT_CODE) as AbortCode[]).find((name) => ABORT_CODE[name] === number);
  if (code === undefined) throw new QsecError("DECODE", "An abort has an unknown code.");
  return { reference, code };
}

/** u8 ver ‖ u8 0x05 ‖ id[32]: "please send me a fresh announce". */
export function encodeWant(id: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(PROTOCOL_VERSION, KIND.WANT), id);
}

/** @throws QsecError `DECODE` */
export function decodeWant(frame: Uint8Array): { id: Uint8Array } {
  checkFrame(frame, KIND.WANT);
  const reader = new Reader(frame);
  reader.bytes(2);
  const id = reader.bytes(32);
  reader.end();
  return { id };
}
