import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drbg } from "../../testing/drbg.js";
import { startRun } from "../../testing/bb84-run.js";
import { throwsCode } from "../../testing/throws.js";
import type { QsecErrorCode } from "../../wire/errors.js";
import { flipBit, isPackedBits, positions, setBit, weight, without } from "../bits.js";
import {
  BB84Receiver,
  BB84Sender,
  PROFILES,
  simulatedChannel,
  type ProfileName,
  type SiftAnswer,
  type SiftMessage,
} from "../index.js";

const NAMES: readonly ProfileName[] = ["classic", "golay"];

/** One mask with a bit moved from the first place of `from` to the first place of `to`. */
function moveBit(mask: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const out = mask.slice();
  flipBit(out, positions(from)[0]);
  flipBit(out, positions(to)[0]);
  return out;
}

function refusesMessage(
  profile: ProfileName,
  code: QsecErrorCode,
  change: (message: SiftMessage) => Partial<SiftMessage>,
): void {
  const { alice, bob } = startRun({ profile, seed: "message" });
  const message = alice.sift(bob.bases);
  throwsCode(code, () => bob.reconcile({ ...message, ...change(message) }));
  throwsCode("bad_state", () => bob.reconcile(message));
}

function refusesAnswer(
  profile: ProfileName,
  code: QsecErrorCode,
  change: (answer: SiftAnswer) => Partial<SiftAnswer>,
): void {
  const { alice, bob } = startRun({ profile, seed: "answer" });
  const answer = bob.reconcile(alice.sift(bob.bases));
  throwsCode(code, () => alice.finish({ ...answer, ...change(answer) }));
  throwsCode("bad_state", () => alice.finish(answer));
}

const longer = (bytes: Uint8Array) => Uint8Array.of(...bytes, 0);
const shorter = (bytes: Uint8Array) => bytes.subarray(1);
/** The bytes with the last padding bit set, or undefined when every bit is used. */
function withStrayBit(bits: Uint8Array, count: number): Uint8Array | undefined {
  const out = bits.slice();
  if (count % 8 === 0) return undefined;
  setBit(out, bits.length * 8 - 1);
  return out;
}

for (const name of NAMES) {
  describe(`the receiver of ${name}`, () => {
    test("refuses qubits that are too few, too many or of a number the profile does not have", () => {
      const profile = PROFILES[name];
      const start = (qubitCount: number, length: number) =>
        new BB84Receiver({
          profile,
          qubitCount,
          qubits: new Uint8Array(length),
          channel: simulatedChannel(),
          random: drbg("start"),
        });
      const count = profile.defaultQubits;
      start(count, count / 4);
      for (const [qubits, length] of [
        [count, count / 4 - 1],
        [count, count / 4 + 1],
        [count + 4, count / 4 + 1],
        [0, 0],
        [2 ** 20, 2 ** 18],
      ] as const) {
        throwsCode("DECODE", () => start(qubits, length));
      }
    });

    test("refuses masks and sample bits of a wrong size", () => {
      for (const resize of [longer, shorter]) {
        refusesMessage(name, "DECODE", ({ match }) => ({ match: resize(match) }));
        refusesMessage(name, "DECODE", ({ sample }) => ({ sample: resize(sample) }));
        refusesMessage(name, "DECODE", ({ sampleBits }) => ({ sampleBits: resize(sampleBits) }));
        refusesMessage(name, "DECODE", ({ syndromes }) => ({ syndromes: longer(syndromes) }));
      }
    });

    test("refuses a sample that is not a part of the matched bits", () => {
      refusesMessage(name, "SIFT", ({ match, sample }) => ({
        sample: moveBit(
          sample,
          sample,
          match.map((byte) => ~byte),
        ),
      }));
    });

    test("refuses a sample that is larger or smaller than the profile says", () => {
      refusesMessage(name, "SIFT", ({ match, sample }) => {
        const larger = sample.slice();
        setBit(larger, positions(without(match, sample))[0]);
        return { sample: larger };
      });
      refusesMessage(name, "SIFT", ({ sample }) => {
        const smaller = sample.slice();
        flipBit(smaller, positions(sample)[0]);
        return { sample: smaller };
      });
    });

    test("refuses a match with fewer places than the profile needs", () => {
      refusesMessage(name, "SIFT", ({ match }) => ({
        match: match.map(() => 0),
        sample: match.map(() => 0),
        sampleBits: new Uint8Array(0),
      }));
    });

    if (name !== "classic") {
      test("refuses a match with more places than chance gives", () => {
        refusesMessage(name, "SIFT", ({ match }) => ({ match: match.map(() => 0xff) }));
      });
    }

    test("gives up with QBER when the sample was replaced by its opposite", () => {
      refusesMessage(name, "QBER", ({ sampleBits, sample }) => {
        const opposite = sampleBits.slice();
        for (let i = 0; i < weight(sample); i++) flipBit(opposite, i);
        return { sampleBits: opposite };
      });
    });
  });

  describe(`the sender of ${name}`, () => {
    test("refuses a number of qubits that the profile does not have", () => {
      for (const qubitCount of [0, 100, 129, -128, 1.5, Number.NaN, 2 ** 20]) {
        throwsCode("bad_option", () => new BB84Sender({ profile: PROFILES[name], qubitCount, random: drbg("count") }));
      }
    });

    test("refuses bases of a wrong size and then has no qubits left", () => {
      for (const resize of [longer, shorter]) {
        const { alice, bob } = startRun({ profile: name, seed: "bases" });
        throwsCode("DECODE", () => alice.sift(resize(bob.bases)));
        assert.ok(alice.qubits.every((byte) => byte === 0));
        assert.deepEqual(alice.disclosed(), []);
      }
    });

    test("refuses bases that hardly ever agree with its own", () => {
      const { alice } = startRun({ profile: name, seed: "opposite" });
      const bases = new Uint8Array(alice.qubits.length / 2);
      for (let i = 0; i < bases.length * 8; i++)
        if (((alice.qubits[i >>> 2] >>> (7 - 2 * (i & 3))) & 1) === 0) setBit(bases, i);
      throwsCode("SIFT", () => alice.sift(bases));
    });

    test("refuses sample bits and a keep mask of a wrong size", () => {
      for (const resize of [longer, shorter])
        refusesAnswer(name, "DECODE", ({ sampleBits }) => ({ sampleBits: resize(sampleBits) }));
      refusesAnswer(name, "DECODE", ({ keepMask }) => ({ keepMask: longer(keepMask) }));
    });

    test("recomputes the error rate and gives up with QBER", () => {
      refusesAnswer(name, "QBER", ({ sampleBits }) => {
        const wrong = sampleBits.slice();
        for (let i = 0; i < 4; i++) wrong[0] ^= 0x80 >>> i; // classic: 4 of at most 18 or so
        if (name === "golay") for (let i = 1; i < 12; i++) wrong[i] ^= 0xff;
        return { sampleBits: wrong };
      });
    });
  });
}

test("stray bits after the sample or the keep mask are refused", () => {
  let checked = 0;
  for (let i = 0; i < 8; i++) {
    const seeded = () => startRun({ seed: `stray ${i}` });
    const first = seeded();
    const message = first.alice.sift(first.bob.bases);
    const answer = first.bob.reconcile(message);
    const sampleBits = withStrayBit(message.sampleBits, answer.sampled);
    const keepMask = withStrayBit(answer.keepMask, Math.floor((answer.matched - answer.sampled) / 24));
    if (sampleBits !== undefined) {
      const { alice, bob } = seeded();
      const untouched = alice.sift(bob.bases);
      throwsCode("DECODE", () => bob.reconcile({ ...untouched, sampleBits }));
      checked++;
    }
    if (keepMask !== undefined) {
      throwsCode("DECODE", () => first.alice.finish({ ...answer, keepMask }));
      checked++;
    }
  }
  assert.ok(checked >= 8, `${checked} of 16 runs had padding bits`);
});

test("too few kept blocks are INSUFFICIENT on the sender's side, as on the receiver's", () => {
  refusesAnswer("golay", "INSUFFICIENT", ({ keepMask }) => ({ keepMask: new Uint8Array(keepMask.length) }));
  const { alice, bob } = startRun({ qubitCount: 1024, seed: "short" }); // about 192 secret bits at best
  const message = alice.sift(bob.bases);
  throwsCode("INSUFFICIENT", () => bob.reconcile(message));
});

test("the limit of 11 % is inclusive and decided on whole numbers", () => {
  const flipSome = (errors: number) => {
    const { alice, bob } = startRun({ profile: "golay", seed: "limit 3" });
    const message = alice.sift(bob.bases);
    const sampleBits = message.sampleBits.slice();
    for (let i = 0; i < errors; i++) flipBit(sampleBits, i);
    return () => bob.reconcile({ ...message, sampleBits });
  };
  const { alice, bob } = startRun({ profile: "golay", seed: "limit 3" });
  const sampled = weight(alice.sift(bob.bases).sample);
  const limit = Math.ceil((11 * sampled) / 100);
  throwsCode("QBER", flipSome(limit));
  throwsCode("INSUFFICIENT", flipSome(limit - 1));
});

test("no change of the receiver's answer yields a key that differs from his, except through the keep mask", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(255), (at, change) => {
      const { alice, bob } = startRun({ qubitCount: 4096, seed: "one byte" });
      const answer = bob.reconcile(alice.sift(bob.bases));
      const sampleBits = answer.sampleBits.slice();
      sampleBits[at % sampleBits.length] ^= change;
      if (!isPackedBits(sampleBits, answer.sampled))
        throwsCode("DECODE", () => alice.finish({ ...answer, sampleBits }));
      else assert.deepEqual(alice.finish({ ...answer, sampleBits }).key, answer.key);
    }),
    { numRuns: 20 },
  );
});

test("a channel that loses qubits is refused", () => {
  const lossy = { noise: 0, eve: 0, transmit: (symbols: Uint8Array) => symbols.slice(1) };
  const { alice, profile, count: qubitCount } = startRun({ seed: "lossy" });
  throwsCode(
    "bad_option",
    () => new BB84Receiver({ profile, qubitCount, qubits: alice.qubits, channel: lossy, random: drbg("lossy") }),
  );
});
