import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { ABORT_CODE, decodeAbort, decodeWant, encodeAbort, encodeWant, type AbortCode } from "../handshake/abort.js";
import {
  decodeBases,
  decodeCheck,
  decodeQubits,
  decodeSift,
  encodeBases,
  encodeCheck,
  encodeQubits,
  encodeSift,
} from "../handshake/messages.js";
import { property } from "../testing/property.js";
import { QsecError } from "../wire/errors.js";
import { decodeCommit, encodeCommit, REASONS } from "./epoch-commit.js";
import { decodeControl, encodeControl } from "./group-message.js";
import { decodePing, decodePong, encodePing, encodePong } from "./records.js";
import { decodeShare, encodeShare } from "./share.js";

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const upTo = (maxLength: number) => fc.uint8Array({ maxLength });
const u32 = fc.nat(0xffff_ffff);
const name = fc.stringMatching(/^[a-z0-9]{1,20}$/);
const record = <T>(fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) =>
  fc.record<T>(fields, { noNullPrototype: true });
const counters = fc.array(u32, { maxLength: 20 });
const QUBITS = 128;

/** A message in its plain form: its bytes, what they decode to, and the codec that made them. */
interface Coded {
  readonly name: string;
  readonly value: unknown;
  readonly encoded: Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
}

function coded<T>(
  what: string,
  values: fc.Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (bytes: Uint8Array) => unknown,
): fc.Arbitrary<Coded> {
  return values.map((value) => ({ name: what, value, encoded: encode(value), decode }));
}

const commit = record({
  rid: exactly(32),
  epoch: u32,
  prev: exactly(32),
  ms: fc.maxSafeNat(),
  reason: fc.constantFrom(...REASONS),
  flags: fc.nat(1),
  capacity: fc.constant(64),
  keyCommitment: exactly(32),
  roster: fc.uniqueArray(record({ id: exactly(32), name }), {
    minLength: 1,
    maxLength: 8,
    comparator: (a, b) => a.name === b.name || a.id.join() === b.id.join(),
  }),
});

const epochKey = record({ commit: upTo(300), signature: exactly(64), roomKey: exactly(32) });

const messages: fc.Arbitrary<Coded> = fc.oneof(
  coded("commit", commit, encodeCommit, decodeCommit),
  coded(
    "share",
    fc.tuple(epochKey, fc.array(epochKey, { maxLength: 3 })).map(([share, past]) => ({ ...share, past })),
    ({ past, ...share }) => encodeShare(share, past),
    decodeShare,
  ),
  coded("ping", record({ hash: exactly(32), next: counters }), encodePing, decodePing),
  coded(
    "pong",
    fc
      .tuple(u32, exactly(32), fc.array(fc.tuple(u32, u32), { maxLength: 20 }))
      .map(([ping, hash, both]) => ({ ping, hash, next: both.map(([a]) => a), floor: both.map(([, b]) => b) })),
    encodePong,
    decodePong,
  ),
  coded(
    "abort",
    record({ reference: exactly(8), code: fc.constantFrom(...(Object.keys(ABORT_CODE) as AbortCode[])) }),
    ({ reference, code }) => encodeAbort(reference, code),
    decodeAbort,
  ),
  coded("want", record({ id: exactly(32) }), ({ id }) => encodeWant(id), decodeWant),
  coded(
    "qubits",
    record({
      signature: exactly(64),
      rank: record({ role: fc.constantFrom<0 | 1>(0, 1), epoch: u32, members: fc.nat(0xffff) }),
      name,
      profile: fc.nat(0xff),
      qubitCount: fc.constant(QUBITS),
      qubits: exactly(QUBITS / 4),
    }),
    encodeQubits,
    decodeQubits,
  ),
  coded(
    "bases",
    record({
      nonce: exactly(32),
      signature: exactly(64),
      name,
      noisePpm: fc.nat(1_000_000),
      evePpm: fc.nat(1_000_000),
      bases: exactly(QUBITS / 8),
    }),
    encodeBases,
    (bytes) => decodeBases(bytes, QUBITS),
  ),
  coded(
    "sift",
    record({
      match: exactly(QUBITS / 8),
      sample: exactly(QUBITS / 8),
      sampleBits: upTo(20),
      syndromes: upTo(20),
      keyId: upTo(20),
    }),
    encodeSift,
    (bytes) => decodeSift(bytes, QUBITS),
  ),
  coded("check", record({ sampleBits: upTo(20), keepMask: upTo(20), check: exactly(16) }), encodeCheck, decodeCheck),
  coded(
    "control",
    fc.oneof(
      record({ op: fc.constant("bye" as const) }),
      record({ op: fc.constant("yield" as const), id: exactly(32) }),
      record({ op: fc.constant("rotate" as const), secret: exactly(32) }),
    ),
    encodeControl,
    decodeControl,
  ),
);

describe("a message of the protocol", () => {
  property(
    "P1: decodes to what was encoded, and is refused when it is cut or has anything after its end",
    fc.property(messages, fc.nat(0xffff), upTo(4), ({ name: what, value, encoded, decode }, cut, tail) => {
      assert.deepEqual(decode(encoded), value, what);
      assert.throws(() => decode(encoded.slice(0, cut % encoded.length)), QsecError, what);
      if (tail.length > 0) assert.throws(() => decode(new Uint8Array([...encoded, ...tail])), QsecError, what);
    }),
  );
});
