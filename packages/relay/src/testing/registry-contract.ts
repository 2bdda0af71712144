import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import type { JoinRequest } from "@qsec2/sdk/wire";
import type { RegistryLimits, RoomRegistry, Seat } from "../rooms/registry.js";
import { fakeId } from "./frames.js";

export interface OpenedRegistry {
  readonly rooms: RoomRegistry;
  /** The same state as another process sees it; the same object where there is only one. */
  readonly others: RoomRegistry;
  /** Time goes by. */
  readonly wait: (seconds: number) => void;
}

export type OpenRegistry = (test: TestContext, limits: RegistryLimits) => Promise<OpenedRegistry>;

const [alice, bob, carol] = [fakeId(1), fakeId(2), fakeId(3)];
const LIMITS: RegistryLimits = { maxRooms: 10, maxMembers: 64, grace: 10 };

function request(username: string, id: string, more: Partial<JoinRequest> = {}): JoinRequest {
  return { version: 1, room: "r", username, id, expected: 3, ...more };
}

/** What holds for every registry of rooms, wherever it has its state. */
export function registryContract(where: string, openRegistry: OpenRegistry): void {
  const open = (t: TestContext, limits: Partial<RegistryLimits> = {}): Promise<OpenedRegistry> =>
    openRegistry(t, { ...LIMITS, ...limits });
  // `async`, so that what is thrown at once and what is rejected later look alike.
  const refused = async (code: string, call: () => unknown): Promise<void> =>
    assert.rejects(async () => call(), { name: "QsecError", code });

  test(`${where}: the first to join opens the room, sets its capacity and leads`, async (t) => {
    const { rooms, others } = await open(t);
    const joined = await rooms.join(request("alice", alice), "s1");
    const list = { members: [{ id: alice, username: "alice", online: true }], leader: alice, expected: 3 };
    assert.deepEqual([joined.created, joined.resumed, joined.replaced], [true, false, undefined]);
    assert.deepEqual(joined.list, list);
    assert.deepEqual((await others.userList("r")).list, list);
    const second = await others.join(request("bob", bob, { expected: 9 }), "s2");
    assert.deepEqual([second.created, second.list.expected, second.list.leader], [false, 3, alice]);
    assert.deepEqual(
      (await rooms.userList("r")).list.members.map(({ username }) => username),
      ["alice", "bob"],
    );
  });

  test(`${where}: a socket has one seat, an id has one, a name has one, a room as many as it was opened for`, async (t) => {
    const { rooms, others } = await open(t);
    await rooms.join(request("alice", alice, { expected: 2 }), "s1");
    await refused("already_joined", () => rooms.join(request("bob", bob), "s1"));
    await refused("id_taken", () => others.join(request("alice2", alice), "s2"));
    await refused("id_taken", () => others.join(request("alice2", alice, { resume: "guess" }), "s2"));
    await refused("name_taken", () => others.join(request("ＡLICE", bob), "s2"));
    await others.join(request("bob", bob), "s2");
    await refused("room_full", () => rooms.join(request("carol", carol), "s3"));
    assert.equal(rooms.seatOf("s3"), undefined);
  });

  test(`${where}: capacity is exact however many join at once, and everyone has an own place in the order`, async (t) => {
    const { rooms, others } = await open(t);
    const joins = Array.from({ length: 60 }, async (_, i) => {
      const registry = i % 2 === 0 ? rooms : others;
      try {
        return await registry.join(request(`user${i}`, fakeId(100 + i), { expected: 17 }), `s${i}`);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    const outcomes = await Promise.all(joins);
    const joined = outcomes.filter((outcome) => typeof outcome === "object");
    assert.equal(joined.length, 17);
    assert.equal(joined.filter(({ created }) => created).length, 1);
    assert.deepEqual(new Set(outcomes.filter((outcome) => typeof outcome !== "object")), new Set(["room_full"]));
    const { list } = await rooms.userList("r");
    assert.deepEqual(new Set(list.members.map(({ id }) => id)), new Set(joined.map(({ seat }) => seat.id)));
    assert.equal(list.leader, joined.find(({ created }) => created)?.seat.id);
  });

  test(`${where}: names that only look different are one name, also when they come at once`, async (t) => {
    const { rooms, others } = await open(t);
    const joins = ["Anna", "anna", "ＡＮＮＡ", "ANNA"].map(async (name, i) => {
      await (i % 2 === 0 ? rooms : others).join(request(name, fakeId(200 + i), { expected: 9 }), `s${i}`);
    });
    const settled = await Promise.allSettled(joins);
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
  });

  test(`${where}: a name and an id are free again, and in another room they always were`, async (t) => {
    const { rooms, others } = await open(t);
    await rooms.join(request("alice", alice), "s1");
    await others.join(request("alice", alice, { room: "other" }), "s2");
    await rooms.leave("s1");
    assert.equal((await others.join(request("alice", bob), "s3")).created, true);
  });

  test(`${where}: a resume token takes the seat back, also from a socket that seems to be alive`, async (t) => {
    const { rooms, others } = await open(t);
    const { seat } = await rooms.join(request("alice", alice), "s1");
    assert.ok(seat.resume.length >= 16 && seat.resume.length <= 64);
    const drop = await rooms.disconnect("s1");
    assert.equal(drop?.list.members[0].online, false);
    const back = await others.join(request("alice", alice, { resume: seat.resume }), "s2");
    assert.deepEqual([back.created, back.resumed, back.replaced], [false, true, undefined]);
    assert.deepEqual([back.seat.resume, back.list.members[0].online], [seat.resume, true]);
    const again = await rooms.join(request("alice", alice, { resume: seat.resume }), "s3");
    assert.deepEqual([again.resumed, again.replaced], [true, "s2"]);
    assert.equal(await others.disconnect("s2"), undefined, "the old socket holds nothing any more");
    assert.equal(await others.leave("s2"), undefined);
    assert.equal(rooms.seatOf("s3")?.id, alice);
    assert.equal((await others.member("r", alice))?.sid, "s3");
  });

  test(`${where}: who does not come back within the grace time loses the seat, who does keeps it`, async (t) => {
    const { rooms, others, wait } = await open(t);
    const seats: Seat[] = [];
    for (const [username, id, sid] of [
      ["alice", alice, "s1"],
      ["bob", bob, "s2"],
      ["carol", carol, "s3"],
    ]) {
      seats.push((await rooms.join(request(username, id), sid)).seat);
    }
    await rooms.disconnect("s1");
    await rooms.disconnect("s2");
    wait(6);
    await rooms.disconnect("s3");
    await others.join(request("bob", bob, { resume: seats[1].resume }), "s4");
    assert.deepEqual(await others.overdue(), { dropped: [], departed: [] });
    wait(4);
    const { departed } = await others.overdue();
    assert.deepEqual(
      departed.map(({ seat, newLeader }) => [seat.username, newLeader?.username]),
      [["alice", "bob"]],
    );
    assert.deepEqual(
      departed[0].left?.list.members.map(({ username, online }) => [username, online]),
      [
        ["bob", true],
        ["carol", false],
      ],
    );
    assert.deepEqual(await rooms.overdue(), { dropped: [], departed: [] }, "each departure is told once");
    await refused("id_taken", () => rooms.join(request("carol2", carol), "s5"));
    const late = await rooms.join(request("alice", alice, { resume: seats[0].resume }), "s6");
    assert.deepEqual([late.resumed, late.list.members.length], [false, 3], "a seat that is gone is a new one");
  });

  test(`${where}: a second drop begins the grace time anew`, async (t) => {
    const { rooms, others, wait } = await open(t);
    const { seat } = await rooms.join(request("alice", alice), "s1");
    await rooms.disconnect("s1");
    wait(8);
    await others.join(request("alice", alice, { resume: seat.resume }), "s2");
    await others.disconnect("s2");
    wait(8);
    assert.deepEqual((await rooms.overdue()).departed, []);
    wait(2);
    assert.equal((await rooms.overdue()).departed.length, 1);
  });

  test(`${where}: when the leader leaves the next in the order leads; when another leaves, nothing changes`, async (t) => {
    const { rooms, others } = await open(t);
    await rooms.join(request("alice", alice), "s1");
    await others.join(request("bob", bob), "s2");
    await rooms.join(request("carol", carol), "s3");
    assert.equal((await others.leave("s2"))?.newLeader, undefined);
    const departure = await rooms.leave("s1");
    assert.deepEqual([departure?.newLeader?.id, departure?.left?.list.members.length], [carol, 1]);
    assert.equal((await others.userList("r")).list.leader, carol);
  });

  test(`${where}: with its last member a room is gone, with its keys and its sequence numbers`, async (t) => {
    const { rooms, others } = await open(t);
    const { seat } = await rooms.join(request("alice", alice), "s1");
    await rooms.keepPublicKey(seat, "key");
    assert.equal(await rooms.nextSequence("r"), 1);
    assert.equal(await others.nextSequence("r"), 2);
    assert.equal((await rooms.leave("s1"))?.left, undefined);
    assert.equal(await rooms.leave("s1"), undefined);
    assert.equal(rooms.seatOf("s1"), undefined);
    assert.equal(await others.member("r", alice), undefined);
    await assert.rejects(async () => others.userList("r"));
    await assert.rejects(async () => rooms.nextSequence("r"));
    await rooms.join(request("alice", alice), "s2");
    assert.deepEqual(await rooms.publicKeys("r"), []);
    assert.equal(await rooms.nextSequence("r"), 1);
  });

  test(`${where}: every number of a room is given once, and rooms count each for itself`, async (t) => {
    const { rooms, others } = await open(t);
    await rooms.join(request("alice", alice), "s1");
    await rooms.join(request("alice", alice, { room: "other" }), "s2");
    assert.equal(await rooms.lastSequence("r"), 0);
    const numbers = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (i % 2 === 0 ? rooms : others).nextSequence("r")),
    );
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
    assert.deepEqual([await others.lastSequence("r"), await rooms.nextSequence("other")], [40, 1]);
  });

  test(`${where}: a member's public key is replaced by a newer one and goes with the member`, async (t) => {
    const { rooms, others } = await open(t);
    const { seat } = await rooms.join(request("alice", alice), "s1");
    await others.join(request("bob", bob), "s2");
    await rooms.keepPublicKey(seat, "first");
    await rooms.keepPublicKey(seat, "second");
    assert.deepEqual(await others.publicKeys("r"), [{ from: alice, frame: "second" }]);
    await rooms.leave("s1");
    assert.deepEqual(await others.publicKeys("r"), []);
  });

  test(`${where}: plaintext is allowed where everybody allows it, also those whose link is down`, async (t) => {
    const { rooms, others } = await open(t);
    await rooms.join(request("alice", alice, { plaintext: true }), "s1");
    assert.equal(await others.allowsPlaintext("r"), true);
    const { seat } = await others.join(request("bob", bob), "s2");
    await others.disconnect("s2");
    assert.equal(await rooms.allowsPlaintext("r"), false);
    await others.join(request("bob", bob, { plaintext: true, resume: seat.resume }), "s3");
    assert.equal(await rooms.allowsPlaintext("r"), true);
  });

  test(`${where}: no more rooms are opened than allowed, and no larger ones`, async (t) => {
    const { rooms, others } = await open(t, { maxRooms: 1, maxMembers: 4 });
    await refused("bad_expected", () => rooms.join(request("alice", alice, { expected: 5 }), "s1"));
    await rooms.join(request("alice", alice, { expected: 4 }), "s1");
    await refused("room_limit", () => others.join(request("bob", bob, { room: "other" }), "s2"));
    const later = await others.join(request("bob", bob, { expected: 64 }), "s2");
    assert.equal(later.created, false, "what later joiners ask for is ignored");
    await rooms.leave("s1");
    await others.leave("s2");
    assert.equal((await others.join(request("bob", bob, { room: "other" }), "s3")).created, true);
  });

  test(`${where}: names that are names of JavaScript's own are names like any other`, async (t) => {
    const { rooms, others } = await open(t);
    const made = await rooms.join(request("constructor", alice, { room: "__proto__" }), "s1");
    assert.equal(made.created, true);
    assert.equal(await others.member("constructor", alice), undefined);
    assert.equal((await others.userList("__proto__")).list.members[0].username, "constructor");
  });

  test(`${where}: every change gives the list a higher version`, async (t) => {
    const { rooms, others } = await open(t);
    const { seat, version } = await rooms.join(request("alice", alice), "s1");
    const versions = [
      version,
      (await others.join(request("bob", bob), "s2")).version,
      (await rooms.disconnect("s1"))?.version,
      (await others.join(request("alice", alice, { resume: seat.resume }), "s3")).version,
      (await others.leave("s2"))?.left?.version,
    ];
    versions.forEach((each, i) => assert.ok(i === 0 || each! > versions[i - 1]!, String(versions)));
    assert.equal((await rooms.userList("r")).version, versions.at(-1));
  });

  test(`${where}: whatever happens, a room has its members in their order and never more than it was opened for`, async (t) => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 5 }),
      what: fc.constantFrom("join", "join", "leave", "disconnect", "wait", "key"),
    });
    const { rooms, others, wait } = await open(t, { grace: 10 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const room = `room${++run}`;
        const members: { who: number; sid?: string; since?: number; resume: string; key?: string }[] = [];
        const find = (who: number) => members.find((member) => member.who === who);
        let now = 0;
        for (const [i, { who, what }] of steps.entries()) {
          const registry = who % 2 === 0 ? rooms : others;
          const known = find(who);
          const sid = `${room}-${i}`;
          if (what === "join") {
            const ask = request(`u${who}`, fakeId(300 + who), { room, expected: 3, resume: known?.resume });
            const fits = known !== undefined || members.length < 3;
            const joined = await Promise.resolve()
              .then(() => registry.join(ask, sid))
              .catch(() => undefined);
            assert.equal(joined !== undefined, fits);
            assert.equal(joined?.resumed, fits ? known !== undefined : undefined);
            assert.equal(joined?.replaced, known?.sid);
            if (known) Object.assign(known, { sid, since: undefined });
            else if (joined) members.push({ who, sid, resume: joined.seat.resume });
          } else if (what === "leave" && known?.sid !== undefined) {
            const departure = await registry.leave(known.sid);
            assert.equal(departure?.newLeader !== undefined, members[0] === known && members.length > 1);
            members.splice(members.indexOf(known), 1);
          } else if (what === "disconnect" && known?.sid !== undefined) {
            await registry.disconnect(known.sid);
            Object.assign(known, { sid: undefined, since: now });
          } else if (what === "key" && known?.sid !== undefined) {
            await registry.keepPublicKey(registry.seatOf(known.sid)!, `key${i}`);
            known.key = `key${i}`;
          } else if (what === "wait") {
            wait(4);
            now += 4;
            const gone = members.filter(({ since }) => since !== undefined && since + 10 <= now);
            const { departed } = await registry.overdue();
            assert.deepEqual(
              new Set(departed.map(({ seat }) => seat.id)),
              new Set(gone.map((m) => fakeId(300 + m.who))),
            );
            for (const member of gone) members.splice(members.indexOf(member), 1);
          }
          if (members.length === 0) continue;
          const { list } = await registry.userList(room);
          assert.deepEqual(
            list.members.map(({ username, online }) => [username, online]),
            members.map((member) => [`u${member.who}`, member.sid !== undefined]),
          );
          assert.equal(list.leader, fakeId(300 + members[0].who));
          const keys = members.flatMap(({ who: from, key }) => (key === undefined ? [] : [[fakeId(300 + from), key]]));
          const kept = (await registry.publicKeys(room)).map(({ from, frame }) => [from, frame]);
          assert.deepEqual(kept.sort(), keys.sort());
        }
        for (const { who, sid } of members) {
          const registry = who % 2 === 0 ? rooms : others;
          if (sid !== undefined) await registry.leave(sid);
        }
        wait(10);
        await rooms.overdue();
      }),
      { numRuns: 40 },
    );
  });
}
