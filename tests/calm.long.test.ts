import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRoomSecret } from "@qsec2/sdk";
import { startRelayAt } from "./support/relay-process.js";
import { CrowdMember, Ledger } from "./support/soak/crowd.js";

test("nobody is alarmed where nobody attacks: a relay that dies, a leader that leaves, one that dies, people who come in", async () => {
  const database = join(tmpdir(), `qsec2-calm-${process.pid}.db`);
  let relay = await startRelayAt(0, database);
  const port = Number(new URL(relay.url).port);
  const ledger = new Ledger();
  const secret = createRoomSecret();
  const members: CrowdMember[] = [];
  let [names, texts] = [0, 0];

  async function enter(): Promise<void> {
    const member = new CrowdMember(ledger.take);
    await member.report("ready");
    const joined = member.report("joined");
    member.order({ do: "join", relay: relay.url, username: `m${names++}`, secret });
    await joined;
    members.push(member);
  }
  async function talk(seconds: number): Promise<void> {
    for (let i = 0; i < seconds * 2; i++) {
      members[i % members.length].order({ do: "say", text: `message ${texts++}` });
      await pause(500);
    }
  }
  /** Takes the one that leads out of the list. */
  async function leader(): Promise<CrowdMember> {
    for (const [index, member] of members.entries())
      if ((await member.status())?.leader === true) return members.splice(index, 1)[0];
    throw new Error("Nobody leads.");
  }

  try {
    for (let i = 0; i < 5; i++) await enter();
    await talk(10);
    await relay.kill();
    relay = await startRelayAt(port, database);
    await talk(30);
    await enter();
    await talk(10);
    const leaving = await leader();
    leaving.order({ do: "leave" });
    await talk(20);
    await leaving.kill();
    await (await leader()).kill();
    await talk(45);
    await enter();
    await talk(15);

    const statuses = await Promise.all(members.map((member) => member.status()));
    assert.equal(new Set(statuses.map((status) => status?.roomCode)).size, 1, "one room key");
    assert.ok(statuses.every((status) => status?.state === "secured"));
    for (const { id } of members) {
      const mine = [...ledger.read.values()].filter((readers) => readers.includes(id!));
      assert.ok(mine.length > 0, "everybody reads");
    }
    assert.deepEqual(ledger.alarms, []);
  } finally {
    await Promise.all(members.map((member) => member.kill()));
    await relay.kill();
    await rm(database, { force: true });
  }
});
