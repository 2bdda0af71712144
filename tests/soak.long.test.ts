import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { createRoomSecret } from "@qsec2/sdk";
import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CrowdMember, Ledger } from "./support/soak/crowd.js";
import { startRelayAt } from "./support/relay-process.js";

const MEMBERS = 8;
const EVENTS = Number(process.env["QSEC2_SOAK_EVENTS"] ?? 200);
const PAUSE = 1_500;
/** Presence that is lost for 30 s removes a member, and a failover may have to wait before it. */
const CALM = 150_000;

test(`${MEMBERS} members in processes of their own stay one room over ${EVENTS} joins, leaves, removals, kills and relay restarts`, async () => {
  const database = join(tmpdir(), `qsec2-soak-${process.pid}.db`);
  let relay = await startRelayAt(0, database);
  const port = Number(new URL(relay.url).port);
  const ledger = new Ledger();
  let secret = createRoomSecret();
  let names = 0;
  let texts = 0;
  const counts = { join: 0, leave: 0, kick: 0, kill: 0, restart: 0 };
  const members = Array.from({ length: MEMBERS }, () => new CrowdMember(ledger.take));
  await Promise.all(members.map((member) => member.report("ready")));

  const inside = () => members.filter(({ id }) => id !== null);
  const outside = () => members.filter(({ id }) => id === null);
  const any = <T>(list: readonly T[]): T => list[randomInt(list.length)];
  async function leader(): Promise<CrowdMember | null> {
    for (const member of inside()) {
      const status = await member.status();
      if (status !== null) secret = status.secret.length === 43 ? status.secret : secret;
      if (status?.leader === true && status.roster.length > 1) return member;
    }
    return null;
  }
  async function enter(member: CrowdMember): Promise<void> {
    await leader(); // asks for the secret as it holds now
    const answer = Promise.race([member.report("joined"), member.report("failed")]);
    member.order({ do: "join", relay: relay.url, username: `m${names++}`, secret });
    await answer;
    counts.join++;
  }
  async function exit(member: CrowdMember): Promise<void> {
    const left = member.report("left", 5_000);
    member.id = null;
    member.order({ do: "leave" });
    await left;
    counts.leave++;
  }
  /** Who was on the way in while a removal replaced the secret has an invite from before it, and comes again with the new one. */
  async function inviteAgain(): Promise<number> {
    await leader();
    let invited = 0;
    for (const member of inside()) {
      const status = await member.status();
      if (status?.roomCode !== null || status.secret === secret) continue;
      await exit(member);
      await enter(member);
      invited++;
    }
    return invited;
  }
  async function replace(victim: CrowdMember): Promise<void> {
    await victim.kill();
    members[members.indexOf(victim)] = new CrowdMember(ledger.take);
    counts.kill++;
  }

  try {
    for (const member of members.slice(0, 4)) await enter(member);
    await pause(5_000);
    for (let event = 0; event < EVENTS; event++) {
      const dice = randomInt(100);
      const [here, away] = [inside(), outside()];
      if (away.length > 0 && (dice < 45 || here.length < 3)) await enter(any(away));
      else if (dice < 70 && here.length > 3) await exit(any(here));
      else if (dice < 80 && here.length > 3) {
        const [leading, victim] = [await leader(), any(here)];
        if (leading !== null && victim !== leading && victim.id !== null) {
          leading.order({ do: "kick", id: victim.id });
          await pause(1_000);
          await exit(victim);
          counts.kick++;
        }
      } else if (dice < 92 && here.length > 3) {
        const leading = await leader();
        if (leading !== null) await replace(leading);
      } else {
        await relay.kill();
        relay = await startRelayAt(port, database);
        counts.restart++;
      }
      for (const member of inside()) if (randomInt(2) === 0) member.order({ do: "say", text: `message ${texts++}` });
      await pause(PAUSE);
    }
    const calmSince = Date.now();
    await pause(CALM);
    if ((await inviteAgain()) > 0) await pause(CALM);

    const live = inside();
    const statuses = await Promise.all(live.map((member) => member.status()));
    const seen = statuses.map((status) => JSON.stringify({ ...status, secret: status?.secret === secret }));
    assert.equal(new Set(statuses.map((status) => status?.roomCode)).size, 1, `epochs differ: ${seen.join(", ")}`);
    assert.deepEqual([...statuses[0]!.roster].sort(), live.map(({ id }) => id!).sort());

    const stayed = new Set(live.map(({ id }) => id!));
    let checked = 0;
    for (const { text, by, epoch, roster, at, delivered } of ledger.said.values()) {
      const readers = ledger.read.get(text) ?? [];
      assert.equal(new Set(readers).size, readers.length, `${text} was read twice by somebody`);
      for (const reader of readers)
        assert.ok(roster.includes(reader), `${text} was read by somebody outside its roster`);
      // Whoever said it and left at once could not say it again; everything else has to have arrived.
      if (!delivered && !stayed.has(by)) continue;
      for (const id of roster) {
        // Whoever leaves in between need not have it, and is not waited for before it counts as delivered.
        if (id === by || at > calmSince || !stayed.has(id)) continue;
        assert.ok(
          readers.includes(id),
          `${text} of epoch ${epoch} did not reach ${id.slice(0, 6)} from ${by.slice(0, 6)} (delivered: ${delivered}); ${readers.length} of ${roster.length - 1} read it`,
        );
        checked++;
      }
    }
    assert.ok(checked > 0);
    console.log(
      `${JSON.stringify(counts)}; ${ledger.said.size} messages acknowledged, ${checked} readings checked; ` +
        `refused calls: ${ledger.failed.length}`,
    );
  } finally {
    await Promise.all(members.map((member) => member.kill()));
    await relay.kill();
    await rm(database, { force: true });
  }
});
