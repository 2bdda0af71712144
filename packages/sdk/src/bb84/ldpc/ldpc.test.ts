import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { seededRandom } from "../../testing/seeded-random.js";
import { bitAt, bytesForBits, flipBit } from "../bits.js";
import { binaryEntropy } from "../secret-length.js";
import { baseSize, circulantsOf, LDPC_CODES } from "./base-matrix.js";
import { ldpcCode, ldpcSyndrome } from "./code.js";
import { ldpcDecode } from "./decoder.js";
import { LIFTS } from "./lifts.js";
import { ldpcPlan } from "./plan.js";
import { decodeSyndromeMessage, encodeSyndromeMessage } from "./syndrome-message.js";

function block(length: number, seed: string): Uint8Array {
  const bits = drbg(seed)(bytesForBits(length));
  if (length & 7) bits[bits.length - 1] &= 0xff << (8 - (length & 7));
  return bits;
}

function withErrors(bits: Uint8Array, length: number, count: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const out = bits.slice();
  const places = Array.from({ length }, (_, i) => i);
  for (let i = 0; i < count; i++) flipBit(out, places.splice(Math.floor(random() * places.length), 1)[0]);
  return out;
}

describe("a plan", () => {
  test("tells little more than n·h₂(q) bits, and never less, for long blocks at every error rate", () => {
    for (const qber of [0.01, 0.02, 0.03, 0.05, 0.07, 0.09, 0.11]) {
      const { leaked, efficiency, code } = ldpcPlan(qber, 16_384);
      assert.ok(efficiency > 1 && efficiency < (qber < 0.02 ? 1.36 : 1.31), `${qber}: ${efficiency}`);
      assert.equal(leaked, ldpcCode(code).checks);
      assert.equal(efficiency, leaked / (16_384 * binaryEntropy(qber)));
    }
  });

  test("exists for every length and error rate, and tells no less when there are more errors", () => {
    const rate = fc.double({ min: 0, max: 0.11, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 1, max: 65_536 }), (a, b, bits) => {
        const [low, high] = [ldpcPlan(Math.min(a, b), bits), ldpcPlan(Math.max(a, b), bits)];
        assert.ok(low.leaked <= high.leaked && low.code.length === bits);
      }),
    );
  });

  test("is refused for numbers out of range", () => {
    for (const qber of [-0.01, 0.111, Number.NaN]) throwsCode("bad_option", () => ldpcPlan(qber, 1000));
    for (const bits of [0, 65_537, 1.5, Number.NaN]) throwsCode("bad_option", () => ldpcPlan(0.01, bits));
  });
});

describe("a code", () => {
  test("has base matrices without a circulant twice in one place, every row and column in use", () => {
    for (let index = 0; index < LDPC_CODES; index++) {
      const { rows, columns } = baseSize(index);
      const circulants = circulantsOf(index);
      assert.equal(new Set(circulants.map(({ row, column }) => row * columns + column)).size, circulants.length);
      assert.equal(new Set(circulants.map(({ row }) => row)).size, rows);
      assert.equal(new Set(circulants.map(({ column }) => column)).size, columns);
      assert.ok(circulants.every(({ row, column, shift }) => row < rows && column < columns && shift < 1024));
    }
  });

  test("has a syndrome that is linear: that of a sum is the sum of the syndromes", () => {
    const code = ldpcCode({ index: 5, lift: 16, length: 500 });
    const [a, b] = [block(500, "a"), block(500, "b")];
    const sum = ldpcSyndrome(
      code,
      a.map((byte, i) => byte ^ b[i]),
    );
    const other = ldpcSyndrome(code, b);
    assert.deepEqual(
      ldpcSyndrome(code, a).map((byte, i) => byte ^ other[i]),
      sum,
    );
  });

  test("has for a single one the checks of its circulants", () => {
    const code = ldpcCode({ index: 8, lift: 16, length: 1024 });
    const one = new Uint8Array(128);
    flipBit(one, 16 * 5 + 3);
    const syndrome = ldpcSyndrome(code, one);
    const expected = circulantsOf(8)
      .filter(({ column }) => column === 5)
      .map(({ row, shift }) => row * 16 + ((((3 - shift) % 16) + 16) % 16));
    const ones = Array.from({ length: code.checks }, (_, i) => i).filter((i) => bitAt(syndrome, i) === 1);
    assert.deepEqual(ones, expected);
  });

  test("is refused when it does not exist, and a block or syndrome of another size too", () => {
    for (const name of [
      { index: LDPC_CODES, lift: 16, length: 100 },
      { index: -1, lift: 16, length: 100 },
      { index: 0, lift: 33, length: 100 },
      { index: 8, lift: 16, length: 1025 },
      { index: 8, lift: 16, length: 0 },
    ])
      throwsCode("bad_option", () => ldpcCode(name));
    const code = ldpcCode({ index: 8, lift: 16, length: 1001 });
    const good = block(1001, "good");
    const syndrome = ldpcSyndrome(code, good);
    throwsCode("bad_option", () => ldpcSyndrome(code, good.subarray(1)));
    throwsCode("bad_option", () => ldpcDecode(code, Uint8Array.of(...good.subarray(0, -1), 1), syndrome, 0.05));
    throwsCode("bad_option", () => ldpcDecode(code, good, syndrome.subarray(1), 0.05));
    for (const qber of [-1, 0.5, Number.NaN]) throwsCode("bad_option", () => ldpcDecode(code, good, syndrome, qber));
    throwsCode("bad_option", () => ldpcDecode(code, good, syndrome, 0.05, { maximumIterations: 0 }));
  });
});

describe("decoding", () => {
  test("finds the sender's block at the error rate of the plan, at all rates and lengths", () => {
    for (const length of [1000, 5461, 16_384]) {
      for (const qber of [0, 0.004, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.11]) {
        const code = ldpcCode(ldpcPlan(qber, length).code);
        const sent = block(length, `${length} ${qber}`);
        const received = withErrors(sent, length, Math.round(qber * length), length);
        const decoded = ldpcDecode(code, received, ldpcSyndrome(code, sent), qber);
        assert.ok(decoded.ok, `${length} bits at ${qber}`);
        assert.deepEqual(decoded.bits, sent);
      }
    }
  });

  test("gives up on a syndrome that belongs to another block, and leaves its input as it is", () => {
    const { code: name } = ldpcPlan(0.03, 4096);
    const code = ldpcCode(name);
    const received = block(4096, "received");
    const before = received.slice();
    const foreign = ldpcSyndrome(code, block(4096, "foreign"));
    assert.deepEqual(ldpcDecode(code, received, foreign, 0.03, { maximumIterations: 30 }), {
      ok: false,
      iterations: 30,
    });
    assert.deepEqual(received, before);
  });

  test("never calls a block good that has not the syndrome, however many errors there are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer(), (errors, seed) => {
        const code = ldpcCode(ldpcPlan(0.05, 2000).code);
        const sent = block(2000, `${seed}`);
        const syndrome = ldpcSyndrome(code, sent);
        const decoded = ldpcDecode(code, withErrors(sent, 2000, errors, seed), syndrome, 0.05);
        if (decoded.ok) assert.deepEqual(ldpcSyndrome(code, decoded.bits), syndrome);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a syndrome on the wire", () => {
  const sent = block(3000, "wire");
  const message = encodeSyndromeMessage(ldpcPlan(0.02, 3000), sent);

  test("is read back with its code, and what follows it", () => {
    const { code, syndrome, rest } = decodeSyndromeMessage(Uint8Array.of(...message, 7, 8), 3000);
    assert.deepEqual(syndrome, ldpcSyndrome(code, sent));
    assert.deepEqual([...rest], [7, 8]);
    assert.equal(code.length, 3000);
  });

  test("is refused when cut short, of an unknown code or for a block that is too long", () => {
    for (const bad of [
      new Uint8Array(0),
      Uint8Array.of(0),
      message.subarray(0, -1),
      Uint8Array.of(LDPC_CODES, ...message.subarray(1)),
      Uint8Array.of(message[0], LIFTS.length, ...message.subarray(2)),
    ])
      throwsCode("DECODE", () => decodeSyndromeMessage(bad, 3000));
    throwsCode("DECODE", () => decodeSyndromeMessage(message, 30_000));
  });
});
