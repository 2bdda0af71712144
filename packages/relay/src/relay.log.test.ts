import assert from "node:assert/strict";
import { test } from "node:test";
import { pino, type Logger } from "pino";
import { KIND, toBase64url } from "@qsec2/sdk/wire";
import type { LogLevel } from "./options.js";
import { fixture, type Fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame } from "./testing/frames.js";
import { handshake, statusOf } from "./testing/raw-http.js";
import { lockedAudit } from "./testing/sqlite.js";

const group = fakeFrame(KIND.GROUP, 288);
const PROXIED = "203.0.113.77";
/** Names that nothing else of a log line looks like. */
const [ROOM, ALICE, BOB] = ["walled-garden", "alicia", "roberto"] as const;

interface Lines {
  readonly logger: Logger;
  readonly text: () => string;
  readonly messages: () => readonly string[];
}

function linesAt(level: LogLevel): Lines {
  const lines: string[] = [];
  const logger: Logger = pino({ level }, { write: (line: string) => void lines.push(line) });
  const messages = (): readonly string[] => lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  return { logger, text: () => lines.join(""), messages };
}

/** A conversation in which also everything goes wrong that members and strangers can make go wrong. */
async function conversation({ relay, client, member }: Fixture): Promise<readonly string[]> {
  const [alice, bob] = [await member(ALICE, ROOM, 3), await member(BOB, ROOM)];
  await alice.ask("announce_pubkey", {}, fakeAnnounce());
  await bob.ask("group_message", {}, group);
  await alice.ask("encrypted_message", { to: bob.id }, fakeFrame(KIND.DIRECT, 300));
  await alice.ask("blob_put", { blob: toBase64url(new Uint8Array(16)), part: 0, parts: 1 }, Buffer.alloc(100));
  await alice.ask("blob_get", { blob: ALICE, part: ROOM });
  await alice.ask("encrypted_message", { to: ALICE }, ROOM);
  await bob.ask("fetch_room_logs", {});
  const twin = await client(ALICE);
  await assert.rejects(twin.join(ROOM));
  await assert.rejects(twin.join(`${ROOM}\n${ALICE}`));
  const foreign: readonly (readonly [header: string, value: string])[] = [
    ["Origin", `https://${ROOM}.example`],
    ["Host", `${ALICE}.example`],
  ];
  for (const [header, value] of foreign)
    assert.equal(await statusOf(relay.port, handshake({ [header]: value, "X-Forwarded-For": PROXIED })), 400);
  bob.drop();
  await alice.next("user_list", ({ members }) => (members as { online: boolean }[]).some(({ online }) => !online));
  await alice.ask("leave", {});
  return [ROOM, ALICE, BOB, alice.id, bob.id, twin.id, PROXIED, "127.0.0.1", "::1", group];
}

test("a conversation leaves no name, key, message or address in the log at info, also where things go wrong", async (t) => {
  const { logger, text, messages } = linesAt("info");
  const { audit } = await lockedAudit(t, { queueMax: 3 });
  const all = await fixture(t, { logger, audit, trustProxy: true, hosts: ["chat.example"] });
  const names = await conversation(all);
  await all.relay.close();
  assert.deepEqual(messages(), [
    "a page of an origin that is not allowed tried to connect; --cors lists those that are",
    "a connection under a name that is not the relay's was refused; --hosts lists its names",
  ]);
  for (const name of names) assert.ok(!text().includes(name), name);
});

test("what goes wrong with the database is told at info without a name of anybody", async (t) => {
  const { logger, text, messages } = linesAt("info");
  const all = await fixture(t, { logger });
  const beside = await lockedAudit(t, { file: all.relay.db });
  const names = await conversation(all);
  const failed = "the audit log cannot be written or read";
  while (!messages().includes(failed)) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const name of names) assert.ok(!text().includes(name), name);
  beside.heal();
});

test("at debug every refusal has its event and its code, and still no name", async (t) => {
  const { logger, text, messages } = linesAt("debug");
  const all = await fixture(t, { logger });
  const names = await conversation(all);
  assert.ok(messages().includes("refused"));
  assert.match(text(), /"event":"join","code":"name_taken"/);
  for (const name of names) assert.ok(!text().includes(name), name);
});
