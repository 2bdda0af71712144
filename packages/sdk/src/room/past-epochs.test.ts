import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { secureRandom } from "../crypto/random.js";
import { testRoom, testSelf } from "../testing/members.js";
import { throwsCode } from "../testing/throws.js";
import type { Held } from "./acceptance.js";
import { makeCommit } from "./commits.js";
import { commitHash, EPOCH_LAST } from "./epoch-commit.js";
import { checkPast } from "./past-epochs.js";
import { pastToShare } from "./past-to-share.js";
import { pastThatFits, SHARE_CONTENT_MAX, encodeShare, type Share } from "./share.js";

const { rid } = testRoom();
const [alice, bob] = [testSelf("alice"), testSelf("bob")];

interface Step {
  readonly share: Share;
  readonly held: Held;
}

/** The next epoch after `current`, led by Alice unless somebody else does. */
function after(current: Held | null, { self = alice, history = true, room = rid } = {}): Step {
  const { share, commit } = makeCommit({
    rid: room,
    self,
    current,
    reason: "rekey",
    capacity: 16,
    history,
    ms: 0,
    remove: [],
    add: current === null ? [{ id: bob.id, name: bob.name }] : [],
    random: secureRandom,
  });
  return { share, held: { commit, hash: commitHash(share.commit) } };
}

const first = after(null);
const second = after(first.held);
const third = after(second.held);
const current = third.held.commit;

describe("past epochs that come with a room key", () => {
  it("are those that lead to it, the newest first, as many as there are", () => {
    for (const past of [[], [second], [second, first]]) {
      checkPast(
        current,
        past.map(({ share }) => share),
        false,
      );
    }
  });

  it("are followed back over the last number there is", () => {
    const last = after({ commit: { ...first.held.commit, epoch: EPOCH_LAST - 1 }, hash: first.held.hash });
    const again = after(last.held);
    assert.deepEqual([last.held.commit.epoch, again.held.commit.epoch], [EPOCH_LAST, 1]);
    checkPast(again.held.commit, [last.share], false);
  });

  it("are refused with a gap, in another order, or on another branch", () => {
    const sibling = after(first.held);
    for (const past of [[first], [first, second], [second, second], [sibling, first], [third]])
      throwsCode("EPOCH", () =>
        checkPast(
          current,
          past.map(({ share }) => share),
          false,
        ),
      );
  });

  it("are refused with a signature or a room key that is not theirs", () => {
    const { share } = second;
    throwsCode("BAD_SIG", () => checkPast(current, [{ ...share, signature: first.share.signature }], false));
    throwsCode("KEY_COMMIT", () => checkPast(current, [{ ...share, roomKey: first.share.roomKey }], false));
    throwsCode("DECODE", () => checkPast(current, [{ ...share, commit: share.commit.slice(0, -1) }], false));
  });

  it("are refused where their members were told that nothing is kept", () => {
    const off = after(first.held, { history: false });
    const on = after(off.held);
    throwsCode("HISTORY", () => checkPast(on.held.commit, [off.share], false));
  });

  it("may belong to an older public id of the room only where a removal replaces it", () => {
    const other = after(null, { room: testRoom("link", "other").rid });
    const moved = after(other.held);
    throwsCode("ROOM", () => checkPast(moved.held.commit, [other.share], false));
    checkPast(moved.held.commit, [other.share], true);
  });

  it("never belong to another public id where somebody else led before it", () => {
    const other = after(null, { room: testRoom("link", "other").rid });
    const moved = after(other.held, { self: bob });
    throwsCode("ROOM", () => checkPast(moved.held.commit, [other.share], true));
  });

  it("are not given where newcomers would refuse them, and their keys are wiped", async () => {
    const older = after(null, { room: testRoom("link", "other").rid });
    const oldest = after(older.held, { room: testRoom("link", "other").rid });
    const taken = after(oldest.held, { self: bob });
    const now = after(taken.held, { self: bob });
    const past = [taken, oldest, older].map(({ share }) => ({ ...share, roomKey: share.roomKey.slice() }));
    const archive = {
      keep: () => Promise.resolve(),
      find: () => Promise.resolve(null),
      back: () => Promise.resolve(past),
    };
    const given = await pastToShare({ on: true, share: true, archive }, now.held.commit, now.share);
    assert.deepEqual(given, [taken.share]);
    checkPast(now.held.commit, given, true);
    for (const { roomKey } of past.slice(1)) assert.deepEqual(roomKey, new Uint8Array(32));
  });

  it("are cut to what one share can carry", () => {
    const many = Array.from({ length: 600 }, () => second.share);
    const fitting = pastThatFits(third.share, many);
    assert.ok(fitting.length > 100 && fitting.length < many.length);
    assert.ok(encodeShare(third.share, fitting).length <= SHARE_CONTENT_MAX);
    assert.throws(() => encodeShare(third.share, many.slice(0, fitting.length + 1)));
  });
});
