/** The plaintexts of M1 … M4 and the frames around their boxes (protocol §5.2–5.4). Encoding and decoding only. */
import { KEM_CIPHERTEXT_BYTES } from "../crypto/kem.js";
import { SIGNATURE_BYTES } from "../crypto/signature.js";
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND, type Kind } from "../wire/kinds.js";
import { PROTOCOL_VERSION } from "../wire/limits.js";
import { decodeName64, encodeName64 } from "../wire/names.js";
import { Reader } from "../wire/reader.js";
import { u16, u32, u8, vec16, vec8 } from "../wire/writer.js";

export const SID_BYTES = 8;
/** ver ‖ kind ‖ announce hash[32] ‖ id[32] ‖ nonce[32] ‖ ct[1120] */
export const M1_HEAD_BYTES = 2 + 32 + 32 + 32 + KEM_CIPHERTEXT_BYTES;
const NAME_BYTES = 64;

/** The leader's claim about its room, to settle which of two rooms survives a merge. */
export interface Rank {
  /** 1: leader, a share will follow; 0: verification only */
  readonly role: 0 | 1;
  readonly epoch: number;
  readonly members: number;
}

/** @throws QsecError `VERSION`, `KIND` */
export function checkFrame(frame: Uint8Array, kind: Kind): void {
  if (frame[0] !== PROTOCOL_VERSION) throw new QsecError("VERSION", "A frame is of another protocol version.");
  if (frame[1] !== kind) throw new QsecError("KIND", "A frame is of another kind than its event allows.");
}

export function encodeM1Head(
  announceHash: Uint8Array,
  id: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  return concat(Uint8Array.of(PROTOCOL_VERSION, KIND.M1), announceHash, id, nonce, ciphertext);
}

/** @throws QsecError `DECODE` */
export function decodeM1(frame: Uint8Array) {
  const reader = new Reader(frame);
  const head = reader.bytes(M1_HEAD_BYTES);
  const box = reader.rest();
  const fields = new Reader(head);
  fields.bytes(2);
  return {
    head,
    box,
    announceHash: fields.bytes(32),
    id: fields.bytes(32),
    nonce: fields.bytes(32),
    ciphertext: fields.rest(),
  };
}

export interface Qubits {
  readonly signature: Uint8Array;
  readonly rank: Rank;
  readonly name: string;
  readonly profile: number;
  readonly qubitCount: number;
  /** N/4 bytes */
  readonly qubits: Uint8Array;
}

export function encodeQubits(message: Qubits): Uint8Array {
  const { rank } = message;
  return concat(
    message.signature,
    u8(rank.role),
    u32(rank.epoch),
    u16(rank.members),
    encodeName64(message.name),
    u8(message.profile),
    u32(message.qubitCount),
    message.qubits,
  );
}

/** @throws QsecError `DECODE` */
export function decodeQubits(plaintext: Uint8Array): Qubits {
  const reader = new Reader(plaintext);
  const signature = reader.bytes(SIGNATURE_BYTES);
  const role = reader.u8();
  if (role !== 0 && role !== 1) throw new QsecError("DECODE", "A handshake names an unknown role.");
  const rank: Rank = { role, epoch: reader.u32(), members: reader.u16() };
  const name = decodeName64(reader.bytes(NAME_BYTES));
  const [profile, qubitCount] = [reader.u8(), reader.u32()];
  const qubits = reader.bytes(Math.ceil(qubitCount / 4)); // two bits each
  reader.end();
  return { signature, rank, name, profile, qubitCount, qubits };
}

/** ver ‖ kind ‖ sid ‖ box, for M2, M3 and M4. */
export function encodeTunnelFrame(kind: Kind, sid: Uint8Array, box: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(PROTOCOL_VERSION, kind), sid, box);
}

export function decodeTunnelFrame(frame: Uint8Array): { sid: Uint8Array; box: Uint8Array } {
  const reader = new Reader(frame);
  reader.bytes(2);
  return { sid: reader.bytes(SID_BYTES), box: reader.rest() };
}

export interface Bases {
  /** n_B, 32 bytes */
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
  readonly name: string;
  /** What the receiver declares of its simulated channel, parts per million. */
  readonly noisePpm: number;
  readonly evePpm: number;
  /** N/8 bytes */
  readonly bases: Uint8Array;
}

export function encodeBases(message: Bases): Uint8Array {
  return concat(
    message.nonce,
    message.signature,
    encodeName64(message.name),
    u32(message.noisePpm),
    u32(message.evePpm),
    message.bases,
  );
}

export function decodeBases(plaintext: Uint8Array, qubitCount: number): Bases {
  const reader = new Reader(plaintext);
  const nonce = reader.bytes(32);
  const signature = reader.bytes(SIGNATURE_BYTES);
  const name = decodeName64(reader.bytes(NAME_BYTES));
  const noisePpm = reader.u32();
  const evePpm = reader.u32();
  if (noisePpm > 1_000_000 || evePpm > 1_000_000) throw new QsecError("DECODE", "A declared channel is out of range.");
  const bases = reader.bytes(qubitCount / 8);
  reader.end();
  return { nonce, signature, name, noisePpm, evePpm, bases };
}

export interface Sift {
  /** N/8 bytes each */
  readonly match: Uint8Array;
  readonly sample: Uint8Array;
  readonly sampleBits: Uint8Array;
  readonly syndromes: Uint8Array;
  /** ETSI GS QKD 014 key_ID, or empty */
  readonly keyId: Uint8Array;
}

export function encodeSift({ match, sample, sampleBits, syndromes, keyId }: Sift): Uint8Array {
  return concat(match, sample, vec16(sampleBits), vec16(syndromes), vec8(keyId));
}

export function decodeSift(plaintext: Uint8Array, qubitCount: number): Sift {
  const reader = new Reader(plaintext);
  const match = reader.bytes(qubitCount / 8);
  const sample = reader.bytes(qubitCount / 8);
  const sift = { match, sample, sampleBits: reader.vec16(), syndromes: reader.vec16(), keyId: reader.vec8() };
  reader.end();
  return sift;
}

export const CHECK_BYTES = 16;

export interface Check {
  readonly sampleBits: Uint8Array;
  readonly keepMask: Uint8Array;
  /** 16 bytes: equal on both sides if and only if the derived keys are */
  readonly check: Uint8Array;
}

export function encodeCheck({ sampleBits, keepMask, check }: Check): Uint8Array {
  return concat(vec16(sampleBits), vec16(keepMask), check);
}

export function decodeCheck(plaintext: Uint8Array): Check {
  const reader = new Reader(plaintext);
  const message = { sampleBits: reader.vec16(), keepMask: reader.vec16(), check: reader.bytes(CHECK_BYTES) };
  reader.end();
  return message;
}
