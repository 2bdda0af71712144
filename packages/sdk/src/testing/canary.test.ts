import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { secureRandom } from "../crypto/random.js";
import { seal } from "../crypto/aead.js";
import { concat, utf8 } from "../wire/bytes.js";
import { Canary } from "./canary.js";

async function watched(work: (canary: Canary) => Promise<void>): Promise<void> {
  const canary = new Canary();
  canary.install();
  try {
    await work(canary);
  } finally {
    canary.uninstall();
  }
}

describe("the canary", () => {
  it("finds twelve bytes in a row of a random draw, a key and a plaintext, and not eleven", () =>
    watched(async (canary) => {
      const draw = secureRandom(32);
      const key = new Uint8Array(32).map((_, i) => i + 1);
      await seal(key, new Uint8Array(12), new Uint8Array(0), utf8("sealed"));
      canary.register("plaintext", "meet me at the harbour");
      assert.deepEqual(canary.leaks([concat(utf8("x"), draw.subarray(5, 17))]), ["random draw of 32 bytes"]);
      assert.deepEqual(canary.leaks([key.slice(3, 15)]), ["AES key"]);
      assert.deepEqual(canary.leaks([utf8(`{"note":"at the harbour"}`)]), ["plaintext"]);
      assert.deepEqual(canary.leaks([draw.slice(0, 11), key.slice(3, 14), utf8("the harbour")]), []);
    }));

  it("lets only the nonce pass that an M1 shows", () =>
    watched(async (canary) => {
      const [nonce, other] = [secureRandom(32), secureRandom(32)];
      const call = concat(Uint8Array.of(1, 1), new Uint8Array(64), nonce, new Uint8Array(1400));
      assert.deepEqual(canary.leaks([call]), []);
      assert.deepEqual(canary.leaks([call, other]), ["random draw of 32 bytes"]);
    }));
});
