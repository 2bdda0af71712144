import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testRoom, testSelf } from "../testing/members.js";
import { epochOf, type MadeEpoch } from "../testing/epoch-of.js";
import { concat, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { checkShare, isRemoval, outranks, type AcceptanceState } from "./acceptance.js";
import { decodeCommit, encodeCommit, EPOCH_LAST, keyCommitment, signCommit } from "./epoch-commit.js";
import { decodeShare, encodeShare } from "./share.js";

const { rid } = testRoom();
const [alice, bob, carol] = [testSelf("alice"), testSelf("bob"), testSelf("carol")];
const first = epochOf(rid, [alice, bob, carol]);
const code = (expected: string) => (error: unknown) => error instanceof QsecError && error.code === expected;

const bobSigns = (name: string) => (id: Uint8Array) => (equalBytes(id, bob.id) ? name : null);

function check(
  made: MadeEpoch,
  from: typeof alice,
  state: Partial<AcceptanceState> = {},
  changes: Partial<MadeEpoch["share"]> = {},
): void {
  const { commit, signature, roomKey } = { ...made.share, ...changes };
  const full = {
    rid,
    ownId: carol.id,
    ownName: state.ownId === bob.id ? bob.name : carol.name,
    comparedName: () => null,
    current: null,
    previous: null,
    leaderSilent: false,
    detached: null,
    ...state,
  };
  checkShare(full, from.id, decodeCommit(commit), commit, signature, roomKey);
}

describe("an epoch that is shared", () => {
  it("is taken from its leader by a member that has none yet", () => check(first, alice));

  it("[row 16] of another room is refused", () => {
    assert.throws(() => check(epochOf(testRoom("link", "other").rid, [alice, carol]), alice), code("ROOM"));
  });

  it("[row 17, 18] is refused from anybody but the leader it names, and with a signature that is not the leader's", () => {
    assert.throws(() => check(first, bob), code("NOT_LEADER"));
    assert.throws(
      () => check(first, alice, {}, { signature: signCommit(bob.seed, first.share.commit) }),
      code("BAD_SIG"),
    );
    const usurped = epochOf(rid, [bob, alice, carol], first.held, "failover", "usurped");
    assert.throws(() => check(usurped, bob, { current: first.held }), code("NOT_LEADER"));
  });

  it("[row 19] with a room key that it does not commit to is refused", () => {
    assert.throws(() => check(first, alice, {}, { roomKey: new Uint8Array(32).fill(1) }), code("KEY_COMMIT"));
  });

  it("says that this member is removed when its leader signed it later, without a room key, and never otherwise", () => {
    const out = epochOf(rid, [alice, bob], first.held, "leave");
    const removal = { ...out.share, roomKey: new Uint8Array(32) };
    const held = {
      rid,
      ownId: carol.id,
      current: first.held,
      previous: null,
      leaderSilent: false,
      detached: null,
      ownName: carol.name,
      comparedName: () => null,
    };
    const says = (from: typeof alice, over: Partial<AcceptanceState> = {}, share: MadeEpoch["share"] = removal) =>
      isRemoval({ ...held, ...over }, from.id, decodeCommit(share.commit), share);
    assert.equal(says(alice), true);
    assert.equal(says(alice, { current: null }), false);
    assert.equal(says(alice, {}, out.share), false, "with a key it is an epoch of others");
    assert.equal(says(alice, { current: out.held }), false, "it is not newer than what this member has");
    assert.equal(says(alice, { ownId: bob.id }), false, "the roster has this member");
    assert.equal(says(alice, { rid: testRoom("link", "other").rid }), false);
    assert.equal(says(bob), false);
    const usurped = epochOf(rid, [bob, alice], first.held, "leave", "usurped").share;
    assert.equal(says(bob, {}, { ...usurped, roomKey: removal.roomKey }), false);
    assert.equal(says(alice, {}, { ...removal, signature: signCommit(bob.seed, removal.commit) }), false);
  });

  it("in which this member, or one whose name was compared, is called otherwise is refused", () => {
    const named = (member: typeof bob, name: string) => ({ ...member, name });
    assert.throws(() => check(epochOf(rid, [alice, bob, named(carol, "dave")]), alice), code("NAME"));
    const renamed = epochOf(rid, [alice, named(bob, "dave"), carol]);
    for (const current of [null, first.held])
      assert.throws(() => check(renamed, alice, { current, comparedName: bobSigns("bob") }), code("NAME"));
    check(renamed, alice);
    check(first, alice, { comparedName: bobSigns("bob") });
  });

  it("is taken when a member was compared under another name than the leader has called it all along", () => {
    const next = epochOf(rid, [alice, bob, carol], first.held);
    check(next, alice, { current: first.held, comparedName: bobSigns("robert") });
    assert.throws(() => check(next, alice, { comparedName: bobSigns("robert") }), code("NAME"));
  });

  it("without this member in it is refused", () => {
    assert.throws(() => check(epochOf(rid, [alice, bob]), alice), code("NOT_MEMBER"));
  });

  it("[row 15] is refused when it is not newer than the leader's last", () => {
    const second = epochOf(rid, [alice, bob, carol], first.held, "rekey", "second");
    check(second, alice, { current: first.held });
    assert.throws(() => check(first, alice, { current: second.held, previous: first.held }), code("ROLLBACK"));
    assert.throws(() => check(second, alice, { current: second.held, previous: first.held }), code("ROLLBACK"));
  });

  it("numbered 1 follows the last number there is, when it names that epoch as the one before", () => {
    const before = { commit: { ...first.commit, epoch: EPOCH_LAST - 1 }, hash: first.held.hash };
    const last = epochOf(rid, [alice, bob, carol], before, "rekey", "last");
    const again = epochOf(rid, [alice, bob, carol], last.held, "rekey", "again");
    assert.deepEqual([last.commit.epoch, again.commit.epoch], [EPOCH_LAST, 1]);
    check(again, alice, { current: last.held });
    assert.throws(() => check(first, alice, { current: last.held }), code("ROLLBACK"));
    assert.throws(() => check(last, alice, { current: last.held }), code("ROLLBACK"));
    const taken = epochOf(rid, [bob, carol], last.held, "failover", "taken");
    check(taken, bob, { current: last.held, leaderSilent: true });
    assert.throws(() => check(taken, bob, { current: last.held }), code("NOT_LEADER"));
  });

  it("[row 25] is taken from a member of the roster when the leader is silent, and only on top of the own epoch", () => {
    const taken = epochOf(rid, [bob, carol], first.held, "failover", "taken");
    check(taken, bob, { current: first.held, leaderSilent: true });
    assert.throws(() => check(taken, bob, { current: first.held }), code("NOT_LEADER"));
    const foreign = epochOf(rid, [bob, carol], { ...first.held, hash: new Uint8Array(32) }, "failover", "foreign");
    assert.throws(() => check(foreign, bob, { current: first.held, leaderSilent: true }), code("NOT_LEADER"));
    const stranger = epochOf(rid, [testSelf("dave"), carol], first.held, "failover", "stranger");
    assert.throws(
      () => check(stranger, testSelf("dave"), { current: first.held, leaderSilent: true }),
      code("NOT_LEADER"),
    );
  });

  it("[row 26] is taken from the candidate with the lower index when two commit the same epoch", () => {
    const [byBob, byCarol] = [
      epochOf(rid, [bob, carol], first.held, "failover", "b"),
      epochOf(rid, [carol, bob], first.held, "failover", "c"),
    ];
    check(byBob, bob, { current: byCarol.held, previous: first.held });
    assert.throws(
      () => check(byCarol, carol, { current: byBob.held, previous: first.held, ownId: bob.id }),
      code("NOT_LEADER"),
    );
  });

  it("is taken from the successor alone at first, then from anyone, after the leader yielded", () => {
    const byBob = epochOf(rid, [bob, carol], first.held, "failover", "b");
    check(byBob, bob, { current: first.held, detached: { successor: bob.id } });
    assert.throws(
      () => check(byBob, bob, { current: first.held, detached: { successor: alice.id } }),
      code("NOT_LEADER"),
    );
    check(byBob, bob, { current: first.held, detached: { successor: null } });
  });

  it("[row 27] of another room is taken by a leader whose own room it outranks, and by nobody else", () => {
    const own = epochOf(rid, [carol], null, "create", "own");
    check(first, alice, { current: epochOf(rid, [carol], null, "create", "lone").held });
    assert.throws(() => check(own, carol, { current: first.held, ownId: carol.id }), code("NOT_LEADER"));
    const higher = epochOf(rid, [bob, carol], first.held, "merge", "higher");
    check(higher, bob, { current: own.held });
    assert.throws(
      () => check(higher, bob, { current: epochOf(rid, [alice, carol], first.held, "join", "else").held }),
      code("NOT_LEADER"),
    );
  });

  it("[row 26] never makes two leaders of the same epoch follow each other", () => {
    const byBob = epochOf(rid, [bob, carol], first.held, "failover", "b");
    const byCarol = epochOf(rid, [carol, bob], first.held, "failover", "c");
    check(byBob, bob, { ownId: carol.id, current: byCarol.held, previous: first.held });
    const atBob = { ownId: bob.id, current: byBob.held, previous: first.held };
    assert.throws(() => check(byCarol, carol, atBob), code("NOT_LEADER"));
  });
});

describe("an epoch commit", () => {
  const change = (field: Partial<typeof first.commit>) => encodeCommit({ ...first.commit, ...field });

  it("is refused with a doubled id, a name that folds to another, too many members, or an unknown reason", () => {
    const [entry] = first.commit.roster;
    assert.throws(() => decodeCommit(change({ roster: [entry, { ...entry, name: "other" }] })), code("DUPLICATE"));
    assert.throws(() => decodeCommit(change({ roster: [entry, { id: bob.id, name: "ALICE" }] })), code("NAME"));
    assert.throws(() => decodeCommit(change({ capacity: 2 })), code("ROOM_FULL"));
    const reason = first.share.commit.slice();
    reason[1 + 32 + 4 + 32 + 8] = 8;
    assert.throws(() => decodeCommit(reason), code("DECODE"));
  });

  it("decodes to what was encoded, and refuses every truncation and a byte more", () => {
    assert.deepEqual(decodeCommit(first.share.commit), first.commit);
    for (let length = 0; length < first.share.commit.length; length++)
      assert.throws(() => decodeCommit(first.share.commit.subarray(0, length)), QsecError);
    assert.throws(() => decodeCommit(new Uint8Array([...first.share.commit, 0])), code("DECODE"));
  });

  it("commits to its room key: another key, room, number or predecessor gives another commitment", () => {
    const { roomKey } = first.share;
    const head = { rid, epoch: 1, prev: new Uint8Array(32) };
    const own = keyCommitment(roomKey, head);
    for (const other of [
      keyCommitment(new Uint8Array(32), head),
      keyCommitment(roomKey, { ...head, epoch: 2 }),
      keyCommitment(roomKey, { ...head, prev: rid }),
    ]) {
      assert.notDeepEqual(other, own);
    }
  });
});

it("a share decodes to what was encoded, with past epochs and without, and to nothing when it is cut or longer", () => {
  const { share } = first;
  for (const past of [[], [share], [share, share]]) {
    const encoded = encodeShare(share, past);
    assert.deepEqual(decodeShare(encoded), { ...share, past });
    for (const wrong of [encoded.slice(0, -1), concat(encoded, Uint8Array.of(0))])
      assert.throws(() => decodeShare(wrong), code("DECODE"));
  }
});

it("of two rooms the one with the higher epoch, then more members, then the smaller id survives", () => {
  const rank = (epoch: number, members: number, id: number) => ({ epoch, members, id: new Uint8Array(32).fill(id) });
  assert.ok(outranks(rank(2, 1, 9), rank(1, 5, 1)));
  assert.ok(outranks(rank(1, 3, 9), rank(1, 2, 1)));
  assert.ok(outranks(rank(1, 1, 1), rank(1, 1, 2)));
  assert.ok(!outranks(rank(1, 1, 2), rank(1, 1, 2)));
});
