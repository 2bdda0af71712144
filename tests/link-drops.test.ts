import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { startRelay } from "@qsec2/relay";
import { startTestRelay, type TestRelay } from "../packages/relay/src/testing/start-relay.js";
import { heardBy, inEpochOf, inState } from "./support/members.js";
import { recordingProxy } from "./support/recording-proxy.js";

const secret = createRoomSecret();
const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function member(relay: string, username: string, expected = 2): QsecSession {
  const session = new QsecSession({ relay, room: "testroom", username, expected, secret });
  closing.push(() => session.destroy());
  return session;
}

async function testRelay(grace: number): Promise<TestRelay> {
  const relay = await startTestRelay({ grace });
  closing.push(() => relay.close());
  return relay;
}

async function proxied(relay: string) {
  const proxy = await recordingProxy(relay);
  closing.push(() => proxy.close());
  return proxy;
}

async function together(...sessions: QsecSession[]): Promise<void> {
  for (const session of sessions) await session.connect();
  await Promise.all(sessions.map((session) => inEpochOf(session, sessions.length)));
}

describe("when a link drops", () => {
  it("the room does not notice if it is back in time: same epoch, and messages go on both ways", async () => {
    const relay = await testRelay(10);
    const proxy = await proxied(relay.url);
    const [alice, bob] = [member(relay.url, "alice"), member(proxy.url, "bob")];
    await together(alice, bob);
    const epoch = alice.epoch!.number;
    const back = inState(bob, "reconnecting").then(() => inState(bob, "secured"));
    proxy.cut();
    proxy.restore();
    await back;
    assert.deepEqual(await heardBy([alice], () => bob.send("back again")), ["back again"]);
    assert.deepEqual(await heardBy([bob], () => alice.send("welcome back")), ["welcome back"]);
    assert.equal(alice.epoch!.number, epoch);
  });

  it("what is said meanwhile comes when it is back, from the relay, once and in order", async () => {
    const relay = await testRelay(10);
    const proxy = await proxied(relay.url);
    const [alice, bob] = [member(relay.url, "alice"), member(proxy.url, "bob")];
    await together(alice, bob);
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      bob.addEventListener("message", ({ detail }) => {
        heard.push(detail.text);
        if (detail.text === "last") resolve();
      });
    });
    const [epoch, alarms] = [alice.epoch!.number, [] as string[]];
    for (const who of [alice, bob]) who.addEventListener("security", ({ detail }) => alarms.push(detail.code));
    const back = inState(bob, "reconnecting").then(() => inState(bob, "secured"));
    const said = ["first", "second", "third", "fourth"];
    for (const text of said) {
      const sending = alice.send(text);
      if (text === "second") proxy.cut(); // while it is on its way
      await sending;
    }
    proxy.restore();
    await back;
    await alice.send("last");
    await all;
    assert.deepEqual(heard, [...said, "last"]);
    assert.deepEqual([alice.epoch!.number, bob.epoch!.number, alarms], [epoch, epoch, []]);
    const answers = proxy.messages.map(String).filter((message) => message.includes('"recovered":'));
    assert.deepEqual(
      answers.map((message) => message.includes('"recovered":true')),
      [false, true],
    );
  });

  it("a member who stays away is removed, and shares a new epoch after coming back", async () => {
    const relay = await testRelay(0.2);
    const proxy = await proxied(relay.url);
    const [alice, bob, carol] = [member(relay.url, "alice", 3), member(relay.url, "bob"), member(proxy.url, "carol")];
    await together(alice, bob, carol);
    const roomCode = carol.epoch!.roomCode;
    const shrunk = Promise.all([inEpochOf(alice, 2), inEpochOf(bob, 2)]);
    proxy.cut();
    await shrunk;
    proxy.restore();
    await Promise.all([alice, bob].map((session) => inEpochOf(session, 3)));
    while (carol.epoch!.roomCode === roomCode || carol.epoch!.roomCode !== alice.epoch!.roomCode) {
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.deepEqual(await heardBy([bob, carol], () => alice.send("all here")), ["all here", "all here"]);
  });

  it("the next member takes over from a leader who vanished, and the leader comes back as a member", async () => {
    const relay = await testRelay(0.2);
    const proxy = await proxied(relay.url);
    const [alice, bob, carol] = [member(proxy.url, "alice", 3), member(relay.url, "bob"), member(relay.url, "carol")];
    await together(alice, bob, carol);
    proxy.cut();
    await Promise.all([inEpochOf(bob, 2), inEpochOf(carol, 2)]);
    proxy.restore();
    assert.equal(bob.members.find(({ leader }) => leader)?.name, "bob");
    assert.equal(bob.epoch!.roomCode, carol.epoch!.roomCode);
    await Promise.all([inEpochOf(bob, 3), inEpochOf(carol, 3)]);
    while (alice.epoch!.roomCode !== bob.epoch!.roomCode) await new Promise((done) => setTimeout(done, 50));
    assert.equal(alice.members.find(({ leader }) => leader)?.name, "bob");
    assert.deepEqual(await heardBy([alice, carol], () => bob.send("I lead now")), ["I lead now", "I lead now"]);
  });
});

describe("when the relay is started again", () => {
  it("the members come back by themselves and keep their keys", async () => {
    const first = await startRelay({ port: 0, db: false, logLevel: "silent" });
    const [alice, bob] = [member(first.url, "alice"), member(first.url, "bob")];
    await together(alice, bob);
    const { roomCode } = alice.epoch!;
    const down = Promise.all([inState(alice, "reconnecting"), inState(bob, "reconnecting")]);
    await first.close();
    await down;
    const second = await startRelay({ port: first.port, db: false, logLevel: "silent" });
    closing.push(() => second.close());
    await Promise.all([inState(alice, "secured"), inState(bob, "secured")]);
    assert.equal(alice.epoch!.roomCode, roomCode);
    assert.deepEqual(await heardBy([bob], () => alice.send("still the same key")), ["still the same key"]);
    assert.equal(bob.epoch!.roomCode, roomCode);
  });
});

describe("a relay that cannot be reached", () => {
  it("makes connect() reject with a sentence and a code", async () => {
    const gone = await startRelay({ port: 0, db: false, logLevel: "silent" });
    await gone.close();
    await assert.rejects(member(gone.url, "alice").connect(), { code: "connection_failed" });
  });
});
