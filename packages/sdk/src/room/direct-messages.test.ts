import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alarms, inOneEpoch, times } from "../testing/rooms.js";
import { rejectsCode } from "../testing/throws.js";
import { VirtualRelay, type VirtualMember } from "../testing/virtual-room.js";
import { utf8 } from "../wire/bytes.js";
import type { Admission } from "../wire/kinds.js";
import { KIND } from "../wire/kinds.js";
import type { DirectDetail } from "./events.js";
import { DIRECT_TYPE } from "./records.js";

async function room(names: readonly string[], admission: Admission = "link") {
  const relay = new VirtualRelay(admission);
  const members: VirtualMember[] = [];
  for (const name of names) members.push(await relay.join(name));
  await relay.advance(1_000);
  if (admission !== "verify") inOneEpoch(...members);
  return { relay, members };
}

/** Writes; resolves with the time that names the message. */
async function write(relay: VirtualRelay, from: VirtualMember, to: VirtualMember, text: string): Promise<number> {
  let sentAt = 0;
  await relay.run(from, async (now) => {
    const taken = await from.room.directs.send(to.id, DIRECT_TYPE.text, utf8(text), now);
    sentAt = taken.sentAt;
    return taken.step;
  });
  return sentAt;
}

const directs = (member: VirtualMember): DirectDetail[] =>
  member.told.flatMap((event) => (event.name === "direct" ? [event.detail] : []));
const texts = (member: VirtualMember) => directs(member).map(({ peer, own, text }) => [peer.name, own, text]);
const endings = (member: VirtualMember) =>
  member.told.flatMap((event) => (event.name === "direct:done" ? [event.detail.code] : []));

describe("a private message", () => {
  it("goes to one member alone, over the session of the two, and says when it has arrived", async () => {
    const { relay, members } = await room(["alice", "bob", "carol"]);
    const [alice, bob, carol] = members;
    const kinds = new Set<string>();
    relay.passes = ({ from, to, message }) => {
      if (message.event !== "bb84_relay" && message.event !== "announce_pubkey") kinds.add(`${from.name} ${to.name}`);
      return true;
    };
    const sentAt = await write(relay, alice, bob, "for you alone");
    await relay.settle();
    assert.deepEqual(texts(bob), [["alice", false, "for you alone"]]);
    assert.equal(directs(bob)[0].sentAt, sentAt);
    assert.deepEqual(texts(alice), [["bob", true, "for you alone"]]);
    assert.deepEqual(endings(alice), [null]);
    assert.deepEqual([...kinds].sort(), ["alice bob", "bob alice"]);
    await write(relay, bob, alice, "thank you");
    await relay.settle();
    assert.deepEqual(texts(alice).at(-1), ["bob", false, "thank you"]);
    assert.deepEqual([texts(carol), carol.told.filter(({ name }) => name === "message")], [[], []]);
    for (const member of members) assert.deepEqual(alarms(member), []);
  });

  it("between two members without a session waits for a handshake of theirs, which shows both the emoji", async () => {
    const { relay, members } = await room(["alice", "bob", "carol"]);
    const [, bob, carol] = members;
    await write(relay, bob, carol, "one");
    await write(relay, bob, carol, "two");
    await relay.advance(5_000);
    assert.deepEqual(
      texts(carol).map(([, , text]) => text),
      ["one", "two"],
    );
    assert.deepEqual([times(bob, "verify"), times(carol, "verify")], [1, 1]);
    await write(relay, carol, bob, "three");
    await relay.settle();
    assert.deepEqual(texts(bob).at(-1), ["carol", false, "three"]);
    assert.deepEqual([times(bob, "bb84:keyed"), times(carol, "bb84:keyed")], [2, 2], "one with the leader, one more");
    inOneEpoch(...members);
  });

  it("arrives once when it, or what confirms it, is lost on the way", async () => {
    for (const lost of [KIND.DIRECT, KIND.ACK]) {
      const { relay, members } = await room(["alice", "bob"]);
      const [alice, bob] = members;
      let left = 2;
      relay.passes = ({ message }) => message.frame[1] !== lost || left-- <= 0;
      await write(relay, bob, alice, "hello");
      await relay.advance(4_000);
      assert.deepEqual(endings(bob), []);
      await relay.advance(16_000);
      assert.deepEqual([texts(alice), endings(bob)], [[["bob", false, "hello"]], [null]]);
      assert.ok(left < 0, "it was sent a third time");
      assert.deepEqual([alarms(alice), alarms(bob), alarms(alice, "note")], [[], [], []]);
    }
  });

  it("survives fresh handshakes: it is sealed anew for the session that there is", async () => {
    const { relay, members } = await room(["alice", "bob"]);
    const [alice, bob] = members;
    relay.passes = ({ message }) => message.frame[1] !== KIND.DIRECT;
    await write(relay, bob, alice, "hello");
    await relay.settle();
    await relay.run(alice, (now) => alice.room.decisions.rekey(now));
    await relay.advance(3_000);
    relay.passes = () => true;
    await relay.advance(4_000);
    assert.deepEqual([texts(alice), endings(bob)], [[["bob", false, "hello"]], [null]]);
  });

  it("that nobody confirms ends after a minute, and one to who has left at once", async () => {
    const { relay, members } = await room(["alice", "bob", "carol"]);
    const [alice, bob, carol] = members;
    relay.passes = ({ message }) => message.frame[1] !== KIND.DIRECT;
    await write(relay, alice, bob, "one");
    await relay.advance(59_000, 500);
    assert.deepEqual(endings(alice), []);
    await relay.advance(2_000);
    assert.deepEqual(endings(alice), ["timeout"]);
    await write(relay, alice, carol, "two");
    await relay.depart(carol);
    await relay.advance(1_000);
    assert.deepEqual(endings(alice), ["timeout", "unknown_peer"]);
    assert.deepEqual(texts(alice), []);
    await rejectsCode("unknown_peer", alice.room.directs.send(carol.id, DIRECT_TYPE.text, utf8("x"), relay.now));
  });

  it("ends in time while the own link is down, too", async () => {
    const { relay, members } = await room(["alice", "bob"]);
    const [alice, bob] = members;
    relay.passes = () => false;
    await write(relay, alice, bob, "one");
    alice.room.linkDown();
    assert.ok(alice.room.nextWake()! <= relay.now + 60_000);
    await relay.advance(61_000, 1_000);
    assert.deepEqual(endings(alice), ["timeout"]);
  });

  it("is forgotten, and its text zeroed, when the room is wiped before it went out", async () => {
    const { relay, members } = await room(["alice", "bob"]);
    const [alice, bob] = members;
    relay.passes = ({ message }) => message.frame[1] !== KIND.DIRECT;
    const body = utf8("for you alone");
    await alice.room.directs.send(bob.id, DIRECT_TYPE.text, body, relay.now);
    assert.ok(body.some((byte) => byte !== 0));
    alice.room.wipe();
    assert.ok(body.every((byte) => byte === 0));
    assert.equal(alice.room.directs.nextWake(true), null);
    assert.deepEqual(endings(alice), []);
  });

  it("is refused for who is no member, is offline, or is not there, and when it is too long", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    const send = (to: string, body = utf8("x")) => alice.room.directs.send(to, DIRECT_TYPE.text, body, relay.now);
    await rejectsCode("not_secured", send(alice.id));
    const bob = await relay.join("bob");
    await relay.advance(1_000);
    await rejectsCode("unknown_peer", send(alice.id));
    await rejectsCode("unknown_peer", send("nobody"));
    await rejectsCode("message_too_large", send(bob.id, new Uint8Array(65_456)));
    const list = { leader: alice.id, expected: 8 };
    const members = [alice, bob].map(({ id, name }) => ({ id, username: name, online: id === alice.id }));
    await relay.run(alice, (now) => alice.room.receive({ event: "user_list", list: { ...list, members } }, now));
    await rejectsCode("peer_offline", send(bob.id));
    assert.equal(alice.room.directs.nextWake(true), null, "nothing of it waits");
  });

  it("waits in verify until both people have confirmed the emoji", async () => {
    const { relay, members } = await room(["alice", "bob"], "verify");
    const [alice, bob] = members;
    let sent = 0;
    relay.passes = ({ message }) => {
      if (message.frame[1] === KIND.DIRECT) sent++;
      return true;
    };
    await rejectsCode("not_secured", alice.room.directs.send(bob.id, DIRECT_TYPE.text, utf8("x"), relay.now));
    await relay.run(alice, (now) => alice.room.decisions.confirm(bob.id, now));
    await relay.advance(1_000);
    await rejectsCode("not_secured", alice.room.directs.send(bob.id, DIRECT_TYPE.text, utf8("x"), relay.now));
    await relay.run(bob, (now) => bob.room.decisions.confirm(alice.id, now));
    await relay.advance(1_000);
    await write(relay, alice, bob, "now");
    await relay.settle();
    assert.deepEqual([texts(bob), sent], [[["alice", false, "now"]], 1]);

    const carol = await relay.join("carol");
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.confirm(carol.id, now));
    await relay.advance(500);
    await write(relay, alice, carol, "not before you have compared");
    await relay.advance(2_000);
    assert.equal(sent, 1);
    await relay.run(carol, (now) => carol.room.decisions.confirm(alice.id, now));
    await relay.advance(1_000);
    assert.deepEqual([texts(carol).length, endings(alice)], [1, [null, null]]);
    for (const member of [alice, bob, carol]) assert.deepEqual(alarms(member), []);
  });

  it("waits until the leader has confirmed the roster", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    relay.passes = ({ message }) => message.frame[1] !== KIND.PONG;
    const bob = await relay.join("bob");
    await relay.advance(1_000);
    await write(relay, bob, alice, "hello");
    await relay.advance(1_000);
    assert.deepEqual(texts(alice), []);
    assert.ok(bob.room.nextWake()! > relay.now, "it does not wake for what it cannot do");
    relay.passes = () => true;
    await relay.advance(11_000);
    assert.deepEqual(texts(alice), [["bob", false, "hello"]]);
  });

  it("has a length that depends on its bucket alone, the same as the room's upkeep where it is short", async () => {
    const { relay, members } = await room(["alice", "bob"]);
    const [alice, bob] = members;
    const lengths = new Map<number, Set<number>>();
    relay.passes = ({ message: { frame, event } }) => {
      if (event === "encrypted_message") lengths.set(frame[1], (lengths.get(frame[1]) ?? new Set()).add(frame.length));
      return true;
    };
    for (const text of ["", "x", "x".repeat(200)]) await write(relay, bob, alice, text);
    await relay.advance(30_000);
    const lengthOf = (kind: number) => [...(lengths.get(kind) ?? [])];
    assert.deepEqual(lengthOf(KIND.DIRECT), [286]);
    for (const kind of [KIND.ACK, KIND.PING, KIND.PONG]) assert.deepEqual(lengthOf(kind), [286]);
    await write(relay, bob, alice, "x".repeat(300));
    await relay.settle();
    assert.deepEqual(lengthOf(KIND.DIRECT), [286, 542]);
  });
});

describe("a private message that is not honest", () => {
  it("is refused when it comes again, comes back, or goes on another event, and the next one still opens", async () => {
    const { relay, members } = await room(["alice", "bob"]);
    const [alice, bob] = members;
    let direct = new Uint8Array(0);
    relay.passes = ({ message }) => {
      if (message.frame[1] === KIND.DIRECT) direct = message.frame.slice();
      return true;
    };
    await write(relay, bob, alice, "once");
    await relay.settle();
    const inject = (
      to: VirtualMember,
      from: VirtualMember,
      event: "encrypted_message" | "roomkey_share",
      frame = direct,
    ) => relay.run(to, (now) => to.room.receive({ event, header: { from: from.id }, frame }, now));
    await inject(alice, bob, "encrypted_message");
    assert.deepEqual(alarms(alice, "note"), ["REPLAY"]);
    await inject(bob, alice, "encrypted_message");
    assert.deepEqual([directs(bob).length, alarms(bob, "note")], [1, ["REPLAY"]], "only its own, told as arrived");
    await inject(alice, bob, "roomkey_share");
    const asAck = direct.slice();
    asAck[1] = KIND.ACK;
    asAck[13] += 1;
    await inject(alice, bob, "encrypted_message", asAck);
    assert.deepEqual(alarms(alice), ["KIND", "DECRYPT"]);
    await write(relay, bob, alice, "twice");
    await relay.settle();
    assert.deepEqual(
      texts(alice).map(([, , text]) => text),
      ["once", "twice"],
    );
  });
});
