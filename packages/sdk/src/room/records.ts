/** The records between a member and its leader that keep an epoch fresh (protocol §6, §7.4): PING and PONG. */
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Reader } from "../wire/reader.js";
import { u32, vec16 } from "../wire/writer.js";

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
