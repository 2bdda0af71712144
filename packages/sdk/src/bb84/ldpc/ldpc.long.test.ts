import assert from "node:assert/strict";
import { test } from "node:test";
import { noisyPair } from "../../testing/cascade-runs.js";
import { secureRandom } from "../../crypto/random.js";
import { ldpcCode, ldpcSyndrome, type LdpcCodeName } from "./code.js";
import { ldpcDecode } from "./decoder.js";
import { ldpcPlan } from "./plan.js";

const BLOCKS = 100;
/** A code without an error floor fails for none of hundreds of blocks that have just as many errors as are expected. */
const FAILURES_MAX = 2;

/** Each code that the plan takes for long blocks, with the first length and error rate that it is taken for. */
function longCodes(): Map<string, { readonly name: LdpcCodeName; readonly qber: number }> {
  const codes = new Map<string, { readonly name: LdpcCodeName; readonly qber: number }>();
  for (let length = 20_000; length <= 30_720; length = Math.round(length * 1.02)) {
    for (let qber = 0.012; qber <= 0.11; qber += 0.002) {
      const { code } = ldpcPlan(qber, length);
      const key = `${code.index} × ${code.lift}`;
      if (!codes.has(key)) codes.set(key, { name: code, qber });
    }
  }
  return codes;
}

for (const [key, { name, qber }] of longCodes()) {
  test(`code ${key} corrects long blocks at the error rate that the plan takes it for`, () => {
    const code = ldpcCode(name);
    let failures = 0;
    for (let block = 0; block < BLOCKS; block++) {
      const { reference, noisy } = noisyPair(name.length, Math.round(name.length * qber), secureRandom);
      if (!ldpcDecode(code, noisy, ldpcSyndrome(code, reference), qber).ok) failures++;
    }
    assert.ok(failures <= FAILURES_MAX, `${failures} of ${BLOCKS} at ${qber.toFixed(3)}`);
  });
}
