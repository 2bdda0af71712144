import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { IdentityStore } from "../identity/identity-store.js";
import { memoryIdentities } from "../identity/memory-identities.js";
import { openIdentity } from "../identity/open-identity.js";
import { code, collect, destroyAll, member, next, remembered, secret, together } from "../testing/sessions.js";
import { createMemoryRelay, type MemoryRelay } from "../transport/memory.js";
import { QsecSession } from "./session.js";

const place = { room: "testroom", admission: "link" } as const;
const badgeOf = (session: QsecSession, name: string) => session.members.find((other) => other.name === name)?.badge;

describe("a session that is remembered", () => {
  let relay: MemoryRelay;
  let store: IdentityStore;
  beforeEach(() => {
    relay = createMemoryRelay();
    store = memoryIdentities();
  });
  afterEach(destroyAll);

  it("is the same member the next time, and another one in another room, in another mode or without being remembered", async () => {
    const first = await remembered(relay, "alice", store);
    first.destroy();
    const again = await remembered(relay, "alice", store);
    assert.equal(again.id, first.id);
    assert.ok(again.remembers && !member(relay, "alice").remembers);
    again.destroy();
    const others = [
      await remembered(relay, "alice", store, { room: "elsewhere" }),
      await remembered(relay, "alice", store, { admission: "open", allowWeakerAdmission: true }),
      await remembered(relay, "alice", store, { remember: false, identityStore: undefined }),
    ];
    assert.equal(new Set([first.id, ...others.map(({ id }) => id)]).size, 4);
  });

  it("goes on in the room after a reload as the member it was, whom the others know", async () => {
    const atBob = memoryIdentities();
    const [alice, bob] = [await remembered(relay, "alice", store), await remembered(relay, "bob", atBob)];
    const changes = collect(bob, "identity:changed");
    await together(alice, bob);
    alice.destroy();
    const again = await remembered(relay, "alice", store);
    await again.connect();
    await next(bob, "epoch", ({ members }) => members === 2);
    const heard = next(bob, "message", ({ own }) => !own);
    await again.secured();
    await again.send("back again");
    assert.equal((await heard).from, alice.id);
    assert.deepEqual(changes, []);
    assert.equal(badgeOf(bob, "alice"), "link");
  });

  it("keeps a second session of this device out with a clear code, and lets it in once the first has ended", async () => {
    const first = await remembered(relay, "alice", store);
    await assert.rejects(openIdentity({ ...place, identityStore: store, patience: 1 }), code("identity_in_use"));
    await first.connect();
    assert.notEqual(first.state, "closed");
    const second = openIdentity({ ...place, identityStore: store });
    first.destroy();
    assert.equal((await second).id, first.id);
  });

  it("takes an identity for one session, of its own room and mode, and lets it go where the session cannot be made", async () => {
    const identity = await openIdentity({ ...place, identityStore: store });
    const options = { transport: relay.transport(), room: "testroom", username: "alice", secret, identity };
    assert.throws(() => new QsecSession({ ...options, room: "elsewhere" }), code("bad_option"));
    assert.throws(() => new QsecSession({ ...options, identity: {} as never }), code("bad_option"));
    const session = new QsecSession(options);
    assert.throws(() => new QsecSession(options), code("identity_in_use"));
    session.destroy();
    await assert.rejects(remembered(relay, "two words", store), code("bad_username"));
    (await openIdentity({ ...place, identityStore: store, patience: 1 })).close();
  });

  it("says where options belong that have to be read first, and what to do where nothing can be remembered", async () => {
    const options = { transport: relay.transport(), room: "testroom", username: "alice", secret };
    assert.throws(() => new QsecSession({ ...options, remember: true } as never), /QsecSession\.open/);
    await assert.rejects(QsecSession.open({ ...options, remember: true }), code("bad_option"));
    await assert.rejects(QsecSession.open({ ...options, remember: true }), /pass `identityStore`/);
  });

  it("refuses a weaker mode than before, until it is told otherwise or the room is forgotten", async () => {
    for (const admission of ["verify", "link"] as const)
      (await remembered(relay, "alice", store, { admission })).destroy();
    for (const admission of ["verify", "open"] as const)
      await assert.rejects(remembered(relay, "alice", store, { admission }), code("weaker_admission"));
    (await remembered(relay, "alice", store, { admission: "open", allowWeakerAdmission: true })).destroy();
    await assert.rejects(remembered(relay, "alice", store, { admission: "open" }), code("weaker_admission"));
    const link = await remembered(relay, "alice", store);
    await link.forget();
    assert.equal(link.state, "closed");
    const verify = await remembered(relay, "alice", store, { admission: "verify" });
    await verify.forget();
    await remembered(relay, "alice", store, { admission: "open" });
  });

  it("is somebody new after its room was forgotten, whom nobody is pinned for", async () => {
    const [alice, bob] = [await remembered(relay, "alice", store), member(relay, "bob")];
    await together(alice, bob);
    await alice.forget();
    const again = await remembered(relay, "alice", store);
    assert.notEqual(again.id, alice.id);
    again.destroy();
    assert.deepEqual((await store.load(place))!.pins, []);
  });

  it("does not write what it remembers again once it was forgotten", async () => {
    const [alice, bob] = [await remembered(relay, "alice", store), member(relay, "bob")];
    await alice.connect();
    const forgotten = next(alice, "epoch", ({ members }) => members === 2).then(() => alice.forget());
    await bob.connect();
    await forgotten;
    assert.equal(await store.has(place), false);
  });

  it("tells a failure of its store, and goes on talking", async () => {
    const broken: IdentityStore = Object.assign(memoryIdentities(), {});
    const alice = await remembered(relay, "alice", broken);
    broken.save = () => Promise.reject(new Error("disk full"));
    const error = next(alice, "error");
    const bob = member(relay, "bob");
    await together(alice, bob);
    assert.equal(((await error).error.cause as Error).message, "disk full");
    await alice.send("still here");
  });
});

describe("a session that remembers whom it met", () => {
  let relay: MemoryRelay;
  let store: IdentityStore;
  beforeEach(() => {
    relay = createMemoryRelay();
    store = memoryIdentities();
  });
  afterEach(destroyAll);

  /** Alice, who met somebody called bob in an earlier session, and a bob with another key. */
  async function metAnother(): Promise<{ alice: QsecSession; bob: QsecSession; first: QsecSession }> {
    const before = await remembered(relay, "alice", store);
    const first = member(relay, "bob");
    await together(before, first);
    first.destroy();
    before.destroy();
    const alice = await remembered(relay, "alice", store);
    return { alice, bob: member(relay, "Bob"), first };
  }

  it("warns of a name that comes with another key, however the name is written, and names both keys", async () => {
    const { alice, bob, first } = await metAnother();
    const [change, alarm] = [next(alice, "identity:changed"), next(alice, "security")];
    await together(alice, bob);
    const { peer, code: now, pinned } = await change;
    assert.deepEqual(peer, { id: bob.id, name: "Bob" });
    assert.notEqual(now, pinned.code);
    assert.match(pinned.code, /^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){3}$/);
    assert.equal(pinned.verified, false);
    assert.ok(pinned.since <= Date.now());
    assert.deepEqual([(await alarm).code, (await alarm).level], ["CHANGED", "alarm"]);
    assert.equal(badgeOf(alice, "Bob"), "changed");
    assert.deepEqual(alice.identityChanges, [await change]);
    assert.notEqual(first.id, bob.id);
  });

  it("takes the new key when the person says so, without making anybody verified, and remembers that", async () => {
    const { alice, bob } = await metAnother();
    await together(alice, bob);
    await alice.acceptIdentity(bob.id);
    assert.equal(badgeOf(alice, "Bob"), "link");
    assert.deepEqual(alice.identityChanges, []);
    await assert.rejects(alice.acceptIdentity(bob.id), code("unknown_peer"));
    alice.destroy();
    assert.deepEqual(
      (await (await reopened()).pins()).map(({ name, id, verified }) => [name, id, verified]),
      [["bob", bob.id, false]],
    );
  });

  it("takes the new key as verified after the person has compared it", async () => {
    const { alice, bob } = await metAnother();
    await together(alice, bob);
    const shown = next(alice, "verify");
    await alice.verify(bob.id);
    assert.equal((await shown).peer.id, bob.id);
    assert.equal(badgeOf(alice, "Bob"), "changed", "until the answer");
    await alice.confirm(bob.id);
    assert.equal(badgeOf(alice, "Bob"), "verified");
    alice.destroy();
    assert.deepEqual(
      (await (await reopened()).pins()).map(({ id, verified }) => [id, verified]),
      [[bob.id, true]],
    );
  });

  it("warns again in the next session when nobody has answered", async () => {
    const { alice, bob } = await metAnother();
    await together(alice, bob);
    alice.destroy();
    const again = await remembered(relay, "alice", store);
    const change = next(again, "identity:changed");
    await again.connect();
    assert.equal((await change).peer.id, bob.id);
  });

  it("shows a key that was compared here as verified the next time, and a key that was only seen not", async () => {
    const [bobs, carols] = [memoryIdentities(), memoryIdentities()];
    const people = async () => [
      await remembered(relay, "alice", store, { expected: 3 }),
      await remembered(relay, "bob", bobs),
      await remembered(relay, "carol", carols),
    ];
    const [alice, bob, carol] = await people();
    await together(alice, bob, carol);
    await alice.verify(bob.id);
    await alice.confirm(bob.id);
    for (const session of [carol, bob, alice]) session.destroy();
    const [again, ...others] = await people();
    await together(again, ...others);
    assert.deepEqual([badgeOf(again, "bob"), badgeOf(again, "carol")], ["verified", "link"]);
    assert.equal(badgeOf(others[0], "alice"), "link", "the other side decides for itself");
  });

  it("lets in whom both have compared before, in a room that compares emoji, without asking again", async () => {
    const bobs = memoryIdentities();
    const people = async () =>
      Promise.all([
        remembered(relay, "alice", store, { admission: "verify" }),
        remembered(relay, "bob", bobs, { admission: "verify" }),
      ]);
    const [alice, bob] = await people();
    const shown = Promise.all([next(alice, "verify"), next(bob, "verify")]);
    await alice.connect();
    await bob.connect();
    await shown;
    await alice.confirm(bob.id);
    await bob.confirm(alice.id);
    await Promise.all([alice.secured(), bob.secured()]);
    const text = next(alice, "message", ({ own }) => !own);
    await bob.send("hello"); // sealed, and so acknowledged, on both sides
    await text;
    bob.destroy();
    alice.destroy();
    const [again, other] = await people();
    const asked = [collect(again, "verify"), collect(other, "verify")];
    await together(again, other);
    assert.deepEqual(asked, [[], []]);
    assert.deepEqual([badgeOf(again, "bob"), badgeOf(other, "alice")], ["verified", "verified"]);
  });

  it("asks both again when one of them has forgotten the room", async () => {
    const bobs = memoryIdentities();
    const verify = { admission: "verify" } as const;
    const [alice, bob] = [
      await remembered(relay, "alice", store, verify),
      await remembered(relay, "bob", bobs, verify),
    ];
    const shown = Promise.all([next(alice, "verify"), next(bob, "verify")]);
    await alice.connect();
    await bob.connect();
    await shown;
    await alice.confirm(bob.id);
    await bob.confirm(alice.id);
    await Promise.all([alice.secured(), bob.secured()]);
    await bob.forget();
    const again = await remembered(relay, "bob", bobs, verify);
    const asked = Promise.all([next(alice, "verify"), next(again, "verify"), next(alice, "identity:changed")]);
    await again.connect();
    assert.equal((await asked)[2].peer.id, again.id);
    assert.equal(badgeOf(alice, "bob"), "changed", "a warning before anybody is let in");
    await alice.confirm(again.id);
    await again.confirm(alice.id);
    await again.secured();
    assert.equal(badgeOf(alice, "bob"), "verified");
  });

  it("does not believe a key any more whose emoji the person found to differ", async () => {
    const bobs = memoryIdentities();
    const [alice, bob] = [await remembered(relay, "alice", store), await remembered(relay, "bob", bobs)];
    await together(alice, bob);
    await alice.verify(bob.id);
    await alice.confirm(bob.id);
    await alice.verify(bob.id);
    await alice.reject(bob.id);
    alice.destroy();
    assert.deepEqual(await (await reopened()).pins(), []);
  });

  /** What is remembered, read when all writing is done. */
  async function reopened() {
    const identity = await openIdentity({ ...place, identityStore: store });
    return {
      pins: async () => {
        identity.close();
        return (await store.load(place))!.pins;
      },
    };
  }
});
