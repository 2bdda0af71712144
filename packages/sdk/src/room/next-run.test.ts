import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ldpcQubits, PROFILES } from "../bb84/index.js";
import { nextRun, type FailedRun } from "./next-run.js";

const failed: FailedRun = {
  profile: "golay",
  qubits: 4096,
  code: "INSUFFICIENT",
  failures: 1,
  qber: 0.05,
  golayOnly: false,
};

describe("the run after one without a key", () => {
  it("takes one LDPC block where golay had too few secret bits or left errors, with qubits for the error rate", () => {
    const expected = { profile: "ldpc", qubits: ldpcQubits(0.05) };
    assert.deepEqual(nextRun(failed), expected);
    assert.deepEqual(nextRun({ ...failed, code: "RECONCILE" }), expected);
    assert.deepEqual(nextRun({ ...failed, qber: undefined }), { profile: "ldpc", qubits: PROFILES.ldpc.defaultQubits });
  });

  it("takes twice the qubits, up to the largest number, and gives up after four times", () => {
    const run = (failures: number, qubits: number) =>
      nextRun({ ...failed, profile: "ldpc", code: "INSUFFICIENT", failures, qubits });
    assert.deepEqual(run(1, 8192), { profile: "ldpc", qubits: 16_384 });
    assert.deepEqual(run(4, 65_536), { profile: "ldpc", qubits: 92_160 });
    assert.equal(run(5, 92_160), null);
  });

  it("stays with golay for a peer that takes no other, and falls back to it when the peer says so", () => {
    assert.deepEqual(nextRun({ ...failed, golayOnly: true }), { profile: "golay", qubits: 8192 });
    assert.deepEqual(nextRun({ ...failed, profile: "ldpc", code: "PROFILE", golayOnly: true }), {
      profile: "golay",
      qubits: 4096,
    });
  });

  it("is the same again after what has nothing to do with noise, and for who chose the textbook's", () => {
    assert.deepEqual(nextRun({ ...failed, code: "TIMEOUT" }), { profile: "golay", qubits: 4096 });
    assert.deepEqual(nextRun({ ...failed, profile: "classic", qubits: 128, code: "RECONCILE" }), {
      profile: "classic",
      qubits: 128,
    });
  });
});
