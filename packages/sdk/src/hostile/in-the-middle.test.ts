import assert from "node:assert/strict";
import { describe } from "node:test";
import { row, type HostileScene, type Person } from "../testing/hostile-scene.js";

describe("a relay that sits in the middle", () => {
  row(
    2,
    "somebody in the middle shows different emoji, gets no room key in verify, and stays unverified in open",
    inTheMiddleOfVerify,
    inTheMiddleOfOpen,
  );
});

async function inTheMiddleOfVerify(scene: HostileScene): Promise<void> {
  const [alice, bob] = [scene.person("alice", { admission: "verify" }), scene.person("bob", { admission: "verify" })];
  const { toAlice, toBob } = await manInTheMiddle(scene, alice, bob, "verify");
  const [atAlice] = alice.session.pendingVerifications;
  const [atBob] = bob.session.pendingVerifications;
  assert.equal(atAlice.peer.name, "bob");
  assert.equal(atBob.peer.name, "alice");
  assert.notDeepEqual(atAlice.emoji, atBob.emoji);
  assert.deepEqual(scene.relay.framesOf("roomkey_share"), []);
  await alice.session.reject(atAlice.peer.id);
  await bob.session.reject(atBob.peer.id);
  assert.ok(alice.alarms.includes("REJECTED") && bob.alarms.includes("REJECTED"));
  for (const { session } of [alice, bob]) assert.equal(session.epoch?.members ?? 1, 1);
  toAlice.leave();
  toBob.leave();
  await meetAgain(scene, alice, bob);
}

async function inTheMiddleOfOpen(scene: HostileScene): Promise<void> {
  const [alice, bob] = [scene.person("alice", { admission: "open" }), scene.person("bob", { admission: "open" })];
  const { toAlice, toBob } = await manInTheMiddle(scene, alice, bob, "open");
  await toBob.lead([bob.id]);
  await scene.clock.advance(3_000);
  assert.equal(alice.badge(toAlice.id), "unverified");
  assert.equal(bob.badge(toBob.id), "unverified");
  const shown = [toAlice.outcomes.get(alice.id)!, toBob.outcomes.get(bob.id)!].map(
    ({ safetyCode }) => safetyCode.digits,
  );
  assert.notEqual(shown[0], shown[1]);
  assert.notEqual(alice.session.epoch!.roomCode, bob.session.epoch!.roomCode);
  await toAlice.depart();
  await toBob.depart(bob.id);
  await scene.clock.advance(1_000);
  scene.relay.roomFor = ({ room }) => room;
  scene.relay.restart();
  await scene.recovers(alice, bob);
}

/** The relay puts each of the two into a room of its own, with somebody who bears the other's name. */
async function manInTheMiddle(scene: HostileScene, alice: Person, bob: Person, admission: "verify" | "open") {
  const room = scene.context(admission);
  const toAlice = scene.puppet("bob", { room });
  const toBob = scene.puppet("alice", { room });
  const left = new Set([alice.id, toAlice.id]);
  scene.relay.roomFor = ({ id }) => (left.has(id) ? "left" : "right");
  await scene.connect(alice);
  await toAlice.join();
  await toBob.join("alice", false);
  await scene.connect(bob);
  await toBob.call(bob.id);
  await scene.clock.advance(2_000);
  return { toAlice, toBob };
}

/** The relay lets the two meet; in `verify` they compare emoji, which are the same this time. */
async function meetAgain(scene: HostileScene, alice: Person, bob: Person): Promise<void> {
  scene.relay.behave();
  scene.relay.restart();
  await scene.confirm(alice, bob);
  await scene.recovers(alice, bob);
}
