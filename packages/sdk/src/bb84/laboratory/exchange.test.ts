import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { QsecError } from "../../wire/errors.js";
import { flipBit, isPackedBits } from "../bits.js";
import { finiteKeyLength } from "../estimation/finite-key.js";
import { ledgerBits, type Ledger } from "../ledger.js";
import { traceQubits } from "../physics/trace.js";
import { transmit } from "../physics/transmission.js";
import { seededRandom } from "../randomness/sources.js";
import { directToeplitz } from "./direct-toeplitz.js";
import { disclose } from "./disclosure.js";
import { estimateErrors } from "./estimate.js";
import { exchange } from "./exchange.js";
import { cascadeMethod } from "./cascade-method.js";
import { golayMethod } from "./golay-method.js";
import type { ReconciliationInput, ReconciliationMethod } from "./methods.js";
import type { ExchangeOptions } from "./options.js";
import { amplifyKeys, reconcileKeys, verifyKeys } from "./stages.js";

const QUIET: ExchangeOptions = { qubits: 16_384, channel: { depolarising: 0.02 }, seed: "quiet" };

const entriesOf = ({ lines }: Ledger) => lines.map(({ entry }) => entry);

describe("an exchange over a quiet channel", () => {
  const { verdict, key, ledger, stats } = exchange(QUIET);

  test("has a key of as many bits as its ledger says", () => {
    assert.equal(verdict, "key");
    assert.ok(ledger.secret >= 256 && isPackedBits(key, ledger.secret));
  });

  test("accounts for every bit, line by line", () => {
    assert.deepEqual(entriesOf(ledger), [
      "sent",
      "undetected",
      "unmatched",
      "sample",
      "dropped",
      "eavesdropper",
      "leaked",
      "verification",
      "authentication",
      "privacyAmplification",
    ]);
    let balance = 0;
    for (const line of ledger.lines) assert.equal(line.balance, (balance += line.bits));
    assert.equal(balance, ledger.secret);
    assert.equal(ledgerBits(ledger, "sent") - ledgerBits(ledger, "unmatched"), stats.tally.sifted);
    assert.equal(ledgerBits(ledger, "sample"), stats.estimate.sampled);
    assert.deepEqual(
      [ledgerBits(ledger, "leaked"), ledgerBits(ledger, "verification")],
      [stats.reconciliation!.leaked, 64],
    );
  });

  test("keeps to the finite-key length, with a hash of 64 bits in the place of log₂(1/ε_cor)", () => {
    const { estimate, reconciliation } = stats;
    const { raw, reconciled, leaked } = reconciliation!;
    const length = finiteKeyLength({ ...estimateInput(), kept: raw, leaked, dropped: raw - reconciled });
    const rounding = length - (64 - Math.log2(1e15)) - ledger.secret;
    assert.ok(rounding >= 0 && rounding < 2, `${rounding}`);

    function estimateInput() {
      return { sampled: estimate.sampled, errors: estimate.errors };
    }
  });

  test("is the same again with the same seed, and another one with another or without", () => {
    assert.deepEqual(exchange(QUIET), { verdict, key, ledger, stats });
    assert.notDeepEqual(exchange({ ...QUIET, seed: "other" }).key, key);
    const [one, two] = [1, 2].map(() => exchange({ ...QUIET, seed: undefined }).key);
    assert.ok(one !== null && two !== null);
    assert.notDeepEqual(one, two);
  });

  test("has the qubits that their trace shows on the same seed", () => {
    const traces = traceQubits({ qubits: QUIET.qubits, channel: QUIET.channel, seed: QUIET.seed });
    const matching = traces.filter(({ prepared, measured }) => prepared.basis === measured.basis);
    assert.equal(matching.length, stats.tally.sifted);
    assert.equal(matching.filter(({ prepared, measured }) => prepared.bit !== measured.bit).length, stats.tally.errors);
  });
});

describe("the stages of an exchange, one by one,", () => {
  test("come to the same key", () => {
    const { key, ledger, stats } = exchange(QUIET);
    const random = seededRandom(`${QUIET.seed} post-processing`);
    const transmission = transmit({ qubits: QUIET.qubits, channel: QUIET.channel, seed: QUIET.seed });
    const disclosure = disclose(transmission, 0.25, random);
    const estimate = estimateErrors(disclosure);
    const reconciled = reconcileKeys(cascadeMethod({ variant: "option3" }), disclosure.raw, estimate.qber, random);
    assert.deepEqual(estimate, stats.estimate);
    assert.equal(verifyKeys(directToeplitz, reconciled, 64, random), true);
    assert.deepEqual(amplifyKeys(directToeplitz, reconciled, ledger.secret, random), key);
  });
});

describe("an exchange", () => {
  test("with an eavesdropper on every qubit is given up as one, and reconciles nothing", () => {
    for (const basis of ["random", "rectilinear", "breidbart"] as const) {
      const reconciliation: ReconciliationMethod = { name: "unwanted", reconcile: () => assert.fail("was called") };
      const result = exchange({ ...QUIET, channel: {}, eavesdropper: { basis }, reconciliation });
      assert.deepEqual([result.verdict, result.key, result.ledger.secret], ["eavesdropper", null, 0]);
      assert.equal(result.ledger.lines.at(-1)!.entry, "abandoned");
      assert.equal(result.stats.reconciliation, null);
    }
  });

  test("over a noisy channel is given up as too noisy, which is not an eavesdropper", () => {
    const { verdict, key, ledger, stats } = exchange({ ...QUIET, channel: { depolarising: 0.16 } });
    assert.ok(stats.estimate.qber > 0.06 && stats.estimate.qber < 0.11);
    assert.deepEqual([verdict, key, ledger.secret], ["noisy", null, 0]);
    assert.equal(ledger.lines.at(-1)!.entry, "shortfall");
  });

  test("has a key also near the limit, with an eavesdropper on a fifth of the qubits and 3 % noise", () => {
    const { verdict, ledger, stats } = exchange({
      qubits: 131_072,
      channel: { depolarising: 0.06 },
      eavesdropper: { share: 0.2 },
      seed: "near",
    });
    assert.ok(stats.estimate.qber > 0.07);
    assert.deepEqual([verdict, ledger.secret > 256], ["key", true]);
  });

  test("has a key with enough qubits where it was too noisy with few", () => {
    const verdicts = [2048, 65_536].map((qubits) => exchange({ ...QUIET, qubits }).verdict);
    assert.deepEqual(verdicts, ["noisy", "key"]);
  });

  test("has no key that is shorter than was asked for", () => {
    const secret = exchange(QUIET).ledger.secret;
    assert.equal(exchange({ ...QUIET, minimumSecret: secret }).verdict, "key");
    const { verdict, key, ledger } = exchange({ ...QUIET, minimumSecret: secret + 1 });
    assert.deepEqual([verdict, key, ledger.secret], ["noisy", null, 0]);
    assert.equal(ledgerBits(ledger, "abandoned"), secret);
  });

  test("has no key when reconciliation left an error", () => {
    const careless: ReconciliationMethod = {
      name: "careless",
      reconcile(input) {
        const output = golayMethod.reconcile(input);
        flipBit(output.corrected, 17);
        return output;
      },
    };
    const { verdict, key, ledger, stats } = exchange({ ...QUIET, reconciliation: careless });
    assert.deepEqual([verdict, key, ledger.secret], ["mismatch", null, 0]);
    assert.equal(stats.reconciliation!.method, "careless");
  });

  test("in which nothing is detected, or nothing is kept, is too noisy", () => {
    for (const options of [{ channel: { transmittance: 0 } }, { diagonal: 0 }, { diagonal: 1 }, { qubits: 1 }])
      assert.equal(exchange({ ...QUIET, ...options }).verdict, "noisy");
  });

  test("with biased bases discloses the rarer one and sifts more", () => {
    const { verdict, stats, ledger } = exchange({ ...QUIET, qubits: 65_536, diagonal: 0.2 });
    assert.equal(verdict, "key");
    assert.equal(stats.estimate.phases.sampled, stats.tally.byBasis[1].sifted);
    assert.equal(ledgerBits(ledger, "sample"), stats.estimate.sampled + stats.estimate.phases.sampled);
    assert.ok(stats.tally.sifted > 0.65 * 65_536);
  });

  test("pays for authentication, and for epsilons that are smaller", () => {
    const secret = exchange(QUIET).ledger.secret;
    assert.equal(exchange({ ...QUIET, authentication: 128 }).ledger.secret, secret - 128);
    const careful = exchange({ ...QUIET, security: { correctness: 2 ** -80 } });
    assert.equal(ledgerBits(careful.ledger, "verification"), 80);
    assert.ok(exchange({ ...QUIET, security: { secrecy: 1e-12 } }).ledger.secret < secret - 13);
  });

  test("gives its method both raw keys, the rate of the sample and randomness, and zeroes them afterwards", () => {
    const inputs: ReconciliationInput[] = [];
    const watching: ReconciliationMethod = {
      name: "watching",
      reconcile(input) {
        inputs.push(input);
        assert.ok(isPackedBits(input.reference, input.length) && isPackedBits(input.noisy, input.length));
        assert.equal(input.random(16).length, 16);
        assert.ok(input.reference.some((byte) => byte !== 0));
        return golayMethod.reconcile(input);
      },
    };
    const { stats } = exchange({ ...QUIET, reconciliation: watching });
    const [{ qber, length, reference, noisy }] = inputs;
    assert.deepEqual([qber, length], [stats.estimate.qber, stats.reconciliation!.raw]);
    assert.ok([reference, noisy].every((bits) => bits.every((byte) => byte === 0)));
  });
});

describe("an exchange is refused, and has no key,", () => {
  const refuses = (options: object, message: RegExp) =>
    assert.throws(
      () => exchange({ ...QUIET, ...options }),
      (error) => error instanceof QsecError && error.code === "bad_option" && message.test(error.message),
    );

  test("with options that are unknown or out of range, by their names", () => {
    refuses({ noise: 0.1 }, /'exchange' has no option 'noise'/);
    refuses({ qubits: 0 }, /'qubits' must be a number from 1 to 134217728/);
    refuses({ channel: { depolarising: 1.1 } }, /'channel.depolarising' must be a number from 0 to 1/);
    refuses({ estimation: { sample: 0 } }, /'estimation.sample' must be a number from 0.001 to 0.999/);
    refuses({ estimation: { bound: "exact" } }, /'serfling' or 'hypergeometric'/);
    refuses({ estimation: { size: 5 } }, /'estimation' has no option 'size'/);
    refuses({ security: { secrecy: 1 } }, /'security.secrecy' must be/);
    refuses({ authentication: -1 }, /'authentication' must be/);
    refuses({ minimumSecret: 0.5 }, /'minimumSecret' must be/);
    refuses({ minimumSecret: 0 }, /'minimumSecret' must be/);
    for (const options of [null, undefined, 7]) throwsCode("bad_option", () => exchange(options as never));
  });

  test("with methods that are none", () => {
    refuses({ reconciliation: { name: "none" } }, /'reconciliation' must be an object with reconcile\(\)/);
    refuses({ reconciliation: null }, /'reconciliation' must be/);
    refuses({ verification: { hash: () => 0 } }, /'verification' must be an object with seedLength\(\) and hash\(\)/);
    refuses({ privacyAmplification: "sha256" }, /'privacyAmplification' must be/);
  });

  test("with randomness that ends early, at whatever call", () => {
    let calls = 0;
    const counted = seededRandom("calls");
    const options = { ...QUIET, seed: undefined };
    exchange({ ...options, random: (length) => (calls++, counted(length)) });
    assert.ok(calls > 3);
    for (let last = 0; last < calls; last++) {
      const whole = seededRandom("calls");
      let call = 0;
      const random = (length: number) => whole(length).subarray(0, call++ < last ? length : length - 1);
      throwsCode("bad_option", () => exchange({ ...options, random }));
    }
  });
});
