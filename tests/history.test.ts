import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  createRoomSecret,
  memoryEpochKeys,
  QsecSession,
  type HistoryDetail,
  type QsecSessionOptions,
} from "@qsec2/sdk";
import { startRelay, type RunningRelay } from "../packages/relay/src/server.js";
import { heardBy, inEpochOf } from "./support/members.js";

const BEFORE = ["the ferry leaves at seven", "bring the red umbrella"];

describe("a room with history on a real relay", () => {
  let folder: string;
  let relay: RunningRelay;
  let secret: string;
  const sessions: QsecSession[] = [];

  const start = async (history: number): Promise<void> => {
    relay = await startRelay({ port: 0, db: join(folder, "qsec2.db"), logLevel: "silent", pages: false, history });
  };

  const member = (username: string, options: Partial<QsecSessionOptions> = {}): QsecSession => {
    const session = new QsecSession({ relay: relay.url, room: "harbour", username, expected: 3, secret, ...options });
    sessions.push(session);
    return session;
  };

  const together = async (...members: QsecSession[]): Promise<void> => {
    for (const session of members) await session.connect();
    await Promise.all(members.map((session) => inEpochOf(session, members.length)));
  };

  /** Connects; resolves with what the session has read from the history once it has caught up. */
  const catchUp = async (session: QsecSession): Promise<[texts: string[], detail: HistoryDetail]> => {
    const texts: string[] = [];
    session.addEventListener("message", ({ detail }) => void (detail.fromHistory && texts.push(detail.text)));
    const caughtUp = new Promise<HistoryDetail>((resolve) =>
      session.addEventListener("history", ({ detail }) => resolve(detail), { once: true }),
    );
    await session.connect();
    return [texts, await caughtUp];
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "qsec2-history-"));
    secret = createRoomSecret();
  });

  afterEach(async () => {
    for (const session of sessions.splice(0)) session.destroy();
    await relay.close();
    rmSync(folder, { recursive: true });
  });

  it("gives a newcomer what its leader shares, out of a database that holds nothing readable", async () => {
    await start(3_600);
    const [alice, bob] = [member("alice", { history: true, shareHistory: true }), member("bob")];
    await together(alice, bob);
    await heardBy([bob], () => alice.send(BEFORE[0]));
    await heardBy([alice], () => bob.send(BEFORE[1]));
    assert.equal(relay.stats.history.messages, 2);
    const carol = member("carol");
    const [texts, detail] = await catchUp(carol);
    assert.deepEqual(texts, BEFORE);
    assert.deepEqual([detail.messages, detail.unreadable, detail.gaps, detail.complete], [2, 0, [], true]);
    await Promise.all([alice, bob, carol].map((session) => inEpochOf(session, 3)));
    await heardBy([alice, bob], () => carol.send("read it all"));
    await relay.close();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    assert.ok(files.some((file) => file.includes("[MSG_STORED] room=harbour sender=alice")));
    for (const hidden of [...BEFORE, secret, Buffer.from(secret, "base64url")])
      assert.ok(files.every((file) => !file.includes(hidden)));
  });

  it("gives who comes back after a restart of the relay what was said on this device's own epochs", async () => {
    await start(3_600);
    const epochKeys = memoryEpochKeys();
    const [alice, bob] = [member("alice", { history: true }), member("bob", { epochKeys })];
    await together(alice, bob);
    for (const text of BEFORE) await heardBy([bob], () => alice.send(text));
    for (const session of [alice, bob]) session.destroy();
    await relay.close();
    await start(3_600);
    assert.equal(relay.stats.history.messages, 2);
    const again = member("alice", { history: true });
    await again.connect();
    const [texts, detail] = await catchUp(member("bob", { epochKeys }));
    assert.deepEqual(texts, BEFORE);
    assert.deepEqual([detail.messages, detail.gaps], [2, []]);
  });

  it("goes on without keeping anything where the operator has not turned it on, and says so once", async () => {
    await start(0);
    const [alice, bob] = [member("alice", { history: true, shareHistory: true }), member("bob")];
    const told: string[] = [];
    await together(alice, bob);
    alice.addEventListener("error", ({ detail }) => void told.push(detail.error.code));
    for (const text of BEFORE) assert.deepEqual(await heardBy([bob], () => alice.send(text)), [text]);
    assert.deepEqual(told, ["history_disabled"]);
    assert.equal(relay.stats.history.messages, 0);
  });
});
