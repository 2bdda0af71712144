/** The contents of the records of a pair (protocol §6, §7.4): ACK, PING, PONG and DIRECT. */
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Reader } from "../wire/reader.js";
import { u32, u64, u8, vec16, vec32 } from "../wire/writer.js";
import { decodeText } from "./group-message.js";

const HASH_BYTES = 32;
const COUNTER_BYTES = 4;

/** A member's question: do you lead this epoch, and this is how far I have come. */
export interface Ping {
  /** h of the epoch that the member holds, 32 bytes */
  readonly hash: Uint8Array;
  /** Per roster index, the lowest sequence number of that sender that this member has not opened (sealed, for its own). */
  readonly next: readonly number[];
}

/** The leader's answer to one question. */
export interface Pong extends Ping {
  /** The record sequence number of the PING that this answers. */
  readonly ping: number;
  /** Per roster index, the lowest sequence number that some member of the roster may lack. Empty when h differs. */
  readonly floor: readonly number[];
}

/** What was taken: an epoch, by its h (32 bytes), or a private message, by its time. */
export type Acknowledged = { readonly epoch: Uint8Array } | { readonly direct: number };

/** h[32], or u64 ms of a DIRECT. @throws QsecError `DECODE` */
export function decodeAck(content: Uint8Array): Acknowledged {
  const reader = new Reader(content);
  const ack = content.length === HASH_BYTES ? { epoch: reader.bytes(HASH_BYTES) } : ({ direct: reader.u64() } as const);
  reader.end();
  return ack;
}

/** What a private message is. */
export const DIRECT_TYPE = { text: 1, application: 3 } as const;
export type DirectType = (typeof DIRECT_TYPE)[keyof typeof DIRECT_TYPE];

export interface Direct {
  readonly type: DirectType;
  /** The sender's clock, milliseconds since 1970. Rises with every private message of a sender: it names the message. */
  readonly ms: number;
  readonly body: Uint8Array;
}

/** u8 ctype ‖ u64 ms ‖ vec32<body> */
export function encodeDirect({ type, ms, body }: Direct): Uint8Array {
  return concat(u8(type), u64(ms), vec32(body));
}

/** @throws QsecError `DECODE` */
export function decodeDirect(content: Uint8Array): Direct {
  const reader = new Reader(content);
  const type = reader.u8();
  if (type !== DIRECT_TYPE.text && type !== DIRECT_TYPE.application)
    throw new QsecError("DECODE", "A private message is of an unknown type.");
  const direct: Direct = { type, ms: reader.time(), body: reader.vec32() };
  reader.end();
  if (type === DIRECT_TYPE.text) decodeText(direct.body);
  return direct;
}

/** h[32] ‖ vec16<u32 next per roster index> */
export function encodePing({ hash, next }: Ping): Uint8Array {
  return concat(hash, vec16(counters(next)));
}

/** @throws QsecError `DECODE` */
export function decodePing(content: Uint8Array): Ping {
  const reader = new Reader(content);
  const hash = reader.bytes(HASH_BYTES);
  const next = readCounters(reader.vec16());
  reader.end();
  return { hash, next };
}

/** u32 seq of the PING ‖ h[32] ‖ vec16<u32 next per roster index ‖ u32 floor per roster index> */
export function encodePong({ ping, hash, next, floor }: Pong): Uint8Array {
  return concat(u32(ping), hash, vec16(counters([...next, ...floor])));
}

/** @throws QsecError `DECODE` */
export function decodePong(content: Uint8Array): Pong {
  const reader = new Reader(content);
  const ping = reader.u32();
  const hash = reader.bytes(HASH_BYTES);
  const values = readCounters(reader.vec16());
  reader.end();
  if (values.length % 2 !== 0) throw new QsecError("DECODE", "A leader's answer has two counters for each member.");
  return { ping, hash, next: values.slice(0, values.length / 2), floor: values.slice(values.length / 2) };
}

function counters(values: readonly number[]): Uint8Array {
  return concat(...values.map(u32));
}

function readCounters(bytes: Uint8Array): number[] {
  if (bytes.length % COUNTER_BYTES !== 0)
    throw new QsecError("DECODE", "A list of counters ends in the middle of one.");
  const reader = new Reader(bytes);
  return Array.from({ length: bytes.length / COUNTER_BYTES }, () => reader.u32());
}
