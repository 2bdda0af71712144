import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createRoomSecret } from "../handshake/room-secret.js";
import type { BB84AbortedDetail, BB84StepDetail, MessageDetail } from "../room/events.js";
import { code, collect, destroyAll, member, next, secret, together } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";
import { QsecSession } from "./session.js";

afterEach(destroyAll);

describe("a session", () => {
  it("lets two members read each other's messages and nobody's is doubled", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    const [atAlice, atBob] = [collect(alice, "message"), collect(bob, "message")];
    await together(alice, bob);
    assert.equal(alice.epoch?.roomCode, bob.epoch?.roomCode);
    const fromBob = next(alice, "message", ({ own }) => !own);
    const fromAlice = next(bob, "message", ({ own }) => !own);
    await alice.send("hello bob");
    await bob.send("hello alice");
    assert.equal((await fromAlice).text, "hello bob");
    assert.equal((await fromAlice).fromName, "alice");
    assert.equal((await fromBob).text, "hello alice");
    assert.deepEqual(atAlice.map(({ text, own }: MessageDetail) => [text, own]).sort(), [
      ["hello alice", false],
      ["hello bob", true],
    ]);
    assert.equal(atBob.length, 2);
  });

  it("shows the six steps of BB84 on both sides, with counts and the error rate", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob", { channel: { noise: 0.01 } })];
    const steps = [collect(alice, "bb84:step"), collect(bob, "bb84:step")];
    await together(alice, bob);
    for (const [side, direction] of [
      [steps[0], "initiator"],
      [steps[1], "responder"],
    ] as [BB84StepDetail[], string][]) {
      const last = side.slice(-6);
      assert.deepEqual(
        last.map(({ step }) => step),
        [1, 2, 3, 4, 5, 6],
      );
      assert.deepEqual(
        last.map(({ name }) => name),
        ["generate", "send", "measure", "bases", "sift", "derive"],
      );
      assert.ok(last.every((step) => step.direction === direction && step.counts.qubits === 4096));
      const [sift, derive] = [last[4], last[5]];
      assert.equal(sift.qber, sift.counts.errors! / sift.counts.sampled!);
      assert.ok(sift.qubits!.length === 128 && derive.counts.secret! >= 256);
      assert.equal(last[3].noise, 0.01);
    }
    const shown = steps.map((side) => side.at(-1)!.counts);
    assert.deepEqual(shown[0], shown[1]);
  });

  it("raises the epoch when a third joins and when one leaves; leavers and joiners read only their own time", async () => {
    const relay = createMemoryRelay();
    const frames: Uint8Array[] = [];
    relay.onMessage = (_, message) => {
      if (message.event === "group_message") frames.push(message.frame);
    };
    const [alice, bob, carol] = [member(relay, "alice", { expected: 4 }), member(relay, "bob"), member(relay, "carol")];
    const atCarol = collect(carol, "message");
    await together(alice, bob);
    const before = alice.epoch!.number;
    await alice.send("before carol");
    await carol.connect();
    await Promise.all([next(alice, "epoch"), next(bob, "epoch"), carol.secured()]);
    assert.ok(alice.epoch!.number > before);
    assert.equal(alice.epoch!.roomCode, carol.epoch!.roomCode);
    const withCarol = next(carol, "message");
    await bob.send("with carol");
    assert.equal((await withCarol).text, "with carol");

    const [leftA, leftB] = [next(alice, "epoch"), next(bob, "epoch")];
    await carol.leave();
    const [epochA, epochB] = await Promise.all([leftA, leftB]);
    assert.deepEqual(
      epochA.left.map(({ name }) => name),
      ["carol"],
    );
    assert.equal(epochA.roomCode, epochB.roomCode);
    const afterwards = next(bob, "message");
    await alice.send("after carol");
    assert.equal((await afterwards).text, "after carol");
    assert.deepEqual(
      atCarol.map(({ text }) => text),
      ["with carol"],
    );
    assert.equal(frames.length >= 3, true);
  });

  it("goes on under the next member when the leader leaves", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = [member(relay, "alice", { expected: 3 }), member(relay, "bob"), member(relay, "carol")];
    await together(alice, bob, carol);
    const epochs = Promise.all([bob, carol].map((session) => next(session, "epoch", ({ members }) => members === 2)));
    await alice.leave();
    const [atBob, atCarol] = await epochs;
    assert.equal(atBob.reason, "failover");
    assert.equal(atBob.leader.name, "bob");
    assert.equal(atBob.roomCode, atCarol.roomCode);
    const heard = next(bob, "message", ({ own }) => !own);
    await carol.send("still here");
    assert.equal((await heard).text, "still here");
  });

  it("aborts with the error rate on both sides, makes no key, and runs again when a person asks", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob", { channel: { eve: 1 } })];
    const aborted = Promise.all([next(alice, "bb84:aborted"), next(bob, "bb84:aborted")]);
    const sifted = Promise.all([alice, bob].map((session) => next(session, "bb84:step", ({ step }) => step === 5)));
    await alice.connect();
    await bob.connect();
    for (const detail of (await aborted) as BB84AbortedDetail[]) {
      assert.equal(detail.code, "QBER");
      assert.ok(detail.qber! >= 0.11, `QBER ${detail.qber}`);
      assert.equal(detail.willRetry, false);
    }
    const [a, b] = await sifted;
    assert.deepEqual(a.counts, b.counts);
    assert.ok(a.counts.matched! > a.counts.sampled!);
    assert.notEqual(alice.state, "secured");
    assert.equal(bob.epoch, null);
    assert.equal(bob.members.find(({ name }) => name === "alice")!.keyState, "aborted");
    await assert.rejects(bob.send("no"), code("not_secured"));
    const again = next(bob, "bb84:aborted", ({ attempt }) => attempt === 2);
    await new Promise((done) => setTimeout(done, 1_100)); // one attempt a second and identity is the protocol's limit
    await bob.retry(alice.id);
    assert.equal((await again).code, "QBER");
  });

  it("does not let in somebody with another room secret, and says so on their side", async () => {
    const relay = createMemoryRelay();
    const alice = member(relay, "alice", { expected: 3 });
    const mallory = member(relay, "mallory", { secret: createRoomSecret() });
    await alice.connect();
    const alarm = next(mallory, "security");
    await mallory.connect();
    assert.equal((await alarm).code, "DECRYPT");
    assert.equal(mallory.epoch, null);
    const bob = member(relay, "bob");
    await bob.connect();
    await bob.secured();
    assert.deepEqual(
      alice.members.map(({ name, badge }) => [name, badge]),
      [
        ["alice", "you"],
        ["bob", "link"],
        ["mallory", "waiting"],
      ],
    );
  });

  it("refuses a full room, a name that is taken, bad options and bad secrets, each with its code", async () => {
    const relay = createMemoryRelay();
    await together(member(relay, "alice"), member(relay, "bob"));
    await assert.rejects(member(relay, "carol").connect(), code("room_full"));
    const other = createMemoryRelay();
    await member(other, "alice").connect();
    await assert.rejects(member(other, "ALICE").connect(), code("name_taken"));
    assert.throws(() => member(relay, "x", { secret: "short" }), code("bad_secret"));
    assert.throws(
      () => new QsecSession({ transport: relay.transport(), room: "r", username: "x" }),
      code("bad_secret"),
    );
    assert.throws(() => member(relay, "two words"), code("bad_username"));
    assert.throws(() => member(relay, "x", { room: "a/b" }), code("bad_room"));
    assert.throws(() => member(relay, "x", { expected: 65 }), code("bad_expected"));
    assert.throws(() => member(relay, "x", { qubits: 1000 }), code("bad_option"));
    assert.throws(() => member(relay, "x", { channel: { eve: 2 } }), code("bad_option"));
    assert.throws(() => member(relay, "x", { adminssion: "open" } as never), code("bad_option"));
    assert.throws(() => new QsecSession({ relay: "ftp://x", room: "r", username: "x", secret }), code("bad_option"));
  });

  it("opens what encrypt() sealed once, and refuses it changed or a second time", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const frame = await alice.encrypt(Uint8Array.of(1, 2, 3));
    const changed = frame.slice();
    changed[40] ^= 1;
    await assert.rejects(bob.decrypt(changed), code("DECRYPT"));
    assert.deepEqual(await bob.decrypt(frame), { from: alice.id, data: Uint8Array.of(1, 2, 3) });
    await assert.rejects(bob.decrypt(frame), code("REPLAY"));
    await assert.rejects(alice.encrypt(new Uint8Array(65_456)), code("message_too_large"));
  });

  it("gives messages as an async iterator that ends with the session", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const texts: string[] = [];
    const reading = (async () => {
      for await (const { text } of bob.messages()) texts.push(text);
    })();
    const last = next(bob, "message", ({ text }) => text === "two");
    await alice.send("one");
    await alice.send("two");
    await last;
    bob.destroy();
    await reading;
    assert.deepEqual(texts, ["one", "two"]);
  });

  it("stops waiting when the signal fires, and is over after destroy()", async () => {
    const relay = createMemoryRelay();
    const alice = member(relay, "alice");
    await alice.connect();
    await assert.rejects(alice.secured({ signal: AbortSignal.timeout(20) }), code("aborted"));
    alice.destroy();
    alice.destroy();
    assert.equal(alice.state, "closed");
    await assert.rejects(alice.connect(), code("destroyed"));
    await assert.rejects(alice.send("x"), code("destroyed"));
  });

  it("tells the relay handles instead of names with metadata: minimal", async () => {
    const relay = createMemoryRelay();
    const minimal = { metadata: "minimal" } as const;
    const [alice, bob] = [member(relay, "alice", minimal), member(relay, "bob", minimal)];
    const alarms = collect(alice, "security");
    await together(alice, bob);
    assert.deepEqual(
      alice.members.map(({ name }) => name),
      ["alice", "bob"],
    );
    assert.deepEqual(alarms, []);
  });
});
