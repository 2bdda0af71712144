import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { epochOf } from "../testing/epoch-of.js";
import { testRoom, testSelf } from "../testing/members.js";
import { rejectsCode } from "../testing/throws.js";
import { QsecError } from "../wire/errors.js";
import { KID_BYTES } from "../room/epoch.js";
import { SessionArchive } from "./archive.js";
import type { EpochKeyStore } from "./epoch-key-store.js";
import { memoryEpochKeys } from "./memory-epoch-keys.js";

const { rid } = testRoom();
const other = testRoom("link", "other").rid;
const [alice, bob] = [testSelf("alice"), testSelf("bob")];
const first = epochOf(rid, [alice, bob]);
const second = epochOf(rid, [alice, bob], first.held);
const kid = (hash: Uint8Array) => hash.subarray(0, KID_BYTES);

function archive(store: EpochKeyStore | null = null, of = rid) {
  const problems: unknown[] = [];
  const made = new SessionArchive({ store, room: "testroom", problem: (error) => void problems.push(error) }, of);
  return { archive: made, problems };
}

describe("the room keys that a session reads back with", () => {
  it("are found by the first bytes of their epoch's hash, and back along the chain", async () => {
    const { archive: kept } = archive();
    await kept.keep([second.share, first.share]);
    assert.deepEqual(kept.epochs, [1, 2]);
    assert.deepEqual(await kept.find(kid(first.held.hash)), first.share);
    assert.equal(await kept.find(new Uint8Array(KID_BYTES)), null);
    assert.deepEqual(await kept.back(second.held.hash), [second.share, first.share]);
    assert.deepEqual(await kept.back(rid), []);
  });

  it("outlive the session in their store, for this room alone, and follow it to a new secret", async () => {
    const store = memoryEpochKeys();
    const { archive: before } = archive(store);
    await before.keep([first.share]);
    before.move(other);
    await before.keep([second.share]);
    before.wipe();
    assert.equal(await before.find(kid(first.held.hash)), null);
    await new Promise(setImmediate);
    const [{ archive: stale }, { archive: after }] = [archive(store), archive(store, other)];
    await Promise.all([stale.load(), after.load()]);
    assert.deepEqual([stale.epochs, after.epochs], [[], [1, 2]]);
    assert.deepEqual(await after.find(kid(first.held.hash)), first.share);
  });

  it("are gone from the store when they are to be forgotten, and none is kept any more", async () => {
    const store = memoryEpochKeys();
    const { archive: kept } = archive(store);
    await kept.keep([first.share]);
    await kept.forget();
    await kept.keep([second.share]);
    assert.deepEqual(kept.epochs, []);
    const { archive: next } = archive(store);
    await next.load();
    assert.deepEqual(next.epochs, []);
  });

  it("stay readable when the store fails, which is told", async () => {
    const full = (): Promise<never> => Promise.reject(new QsecError("store_failed", "The disk is full."));
    const { archive: kept, problems } = archive({ load: full, keep: full, move: full, forget: full });
    await kept.load();
    await kept.keep([first.share]);
    kept.move(other);
    assert.deepEqual(await kept.find(kid(first.held.hash)), first.share);
    await rejectsCode("store_failed", kept.forget());
    assert.deepEqual(
      problems.map((error) => (error as QsecError).code),
      ["store_failed", "store_failed", "store_failed"],
    );
  });
});
