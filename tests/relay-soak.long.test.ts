import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { RelayDialect } from "../packages/relay/src/bench/relay-dialect.js";
import { heardBy, inEpochOf } from "./support/members.js";
import type { Memory } from "./support/soak/relay.js";

const MINUTES = Number(process.env["QSEC2_SOAK_MINUTES"] ?? 10);
const SAMPLES = 40;
/** Pairs of people who meet, talk, send a file and leave, at the same time. */
const PAIRS = 3;
const MESSAGES = 8;
const FILE_BYTES = 600_000;
/** Links that come, say something and break, at once. */
const STRANGERS = 20;
const FRAME_BYTES = 1_056;
/** How much more memory the last quarter of the time may have taken than the one before, MiB: that of garbage, no leak's. */
const GROWTH = { heap: 3, external: 6, resident: 20 } as const;

const counts = { meetings: 0, messages: 0, files: 0, strangers: 0 };

test(`a relay that people join, leave and send messages and files over for ${MINUTES} minutes keeps its size and complains of nothing`, async () => {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-relay-soak-"));
  const relay = fork(fileURLToPath(new URL("support/soak/relay.ts", import.meta.url)), [folder], {
    execArgv: ["--import=tsx", "--expose-gc"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const ended = once(relay, "exit");
  let complaints = "";
  relay.stderr!.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  try {
    const [url] = (await once(relay, "message")) as [string];
    const end = performance.now() + MINUTES * 60_000;
    const isOver = (): boolean => performance.now() >= end;
    const memory: Memory[] = [];
    await Promise.all([
      sample(memory, async () => {
        const answer = once(relay, "message");
        relay.send("memory");
        return ((await answer) as [Memory])[0];
      }),
      ...Array.from({ length: PAIRS }, (_, pair) => meetings(url, `pair-${pair}`, isOver)),
      strangers(url, isOver),
    ]);
    const [third, last] = [memory.slice(SAMPLES / 2, (SAMPLES * 3) / 4), memory.slice((SAMPLES * 3) / 4)];
    const middles = [third, last].map((quarter) => ({
      heap: median(quarter.map(({ heap }) => heap)),
      external: median(quarter.map(({ external }) => external)),
      resident: median(quarter.map(({ resident }) => resident)),
    }));
    console.log(`${JSON.stringify(counts)}; MiB in the third and the last quarter: ${JSON.stringify(middles)}`);
    for (const what of ["heap", "external", "resident"] as const) {
      const [before, after] = middles.map((middle) => middle[what]);
      assert.ok(after - before <= GROWTH[what], `${what} has grown from ${before} to ${after} MiB`);
    }
    for (const [what, count] of Object.entries(counts)) assert.ok(count > 0, `there were no ${what}`);
    assert.equal(relay.exitCode, null);
    assert.equal(complaints, "");
  } finally {
    if (relay.connected) relay.disconnect();
    await ended;
    await rm(folder, { recursive: true });
  }
  assert.equal(relay.exitCode, 0);
});

async function sample(into: Memory[], memory: () => Promise<Memory>): Promise<void> {
  for (let i = 0; i < SAMPLES; i++) {
    await pause((MINUTES * 60_000) / SAMPLES);
    into.push(await memory());
  }
}

/** Two people meet in a room of their own, talk, hand over a file, and leave: again and again. */
async function meetings(relay: string, name: string, isOver: () => boolean): Promise<void> {
  for (let meeting = 0; !isOver(); meeting++) {
    const secret = createRoomSecret();
    const [alice, bob] = ["alice", "bob"].map((username) => {
      // Every other room keeps its messages.
      const history = meeting % 2 === 0;
      const profile = "classic";
      return new QsecSession({ relay, room: `${name}-${meeting}`, username, secret, history, profile });
    });
    try {
      await alice.connect();
      await bob.connect();
      await Promise.all([inEpochOf(alice, 2), inEpochOf(bob, 2)]);
      for (let i = 0; i < MESSAGES; i++) {
        const [from, to] = i % 2 === 0 ? [alice, bob] : [bob, alice];
        assert.deepEqual(await heardBy([to], () => from.send(`message ${i}`)), [`message ${i}`]);
        counts.messages++;
      }
      const { file } = await alice.sendFile(new Blob([new Uint8Array(FILE_BYTES).fill(meeting)]), { name: "a.bin" });
      const got = await bob.openFile(file!);
      assert.equal(got.size, FILE_BYTES);
      counts.files++;
      counts.meetings++;
      // One way out and the other: said, or as a link that breaks.
      await bob.leave();
    } finally {
      alice.destroy();
      bob.destroy();
    }
  }
}

/** Links with frames that nobody can open, which is all the same to the relay, and which break without a word. */
async function strangers(relay: string, isOver: () => boolean): Promise<void> {
  const dialect = new RelayDialect(relay, FRAME_BYTES);
  for (let turn = 0; !isOver(); turn++) {
    const sockets = await Promise.all(
      Array.from({ length: STRANGERS }, (_, i) => dialect.enter(`strangers-${turn}-${i >> 2}`, STRANGERS)),
    );
    for (let i = 0; i < MESSAGES; i++) {
      for (const socket of sockets) socket.send(dialect.message(10_000_000 + i));
      await pause(50);
    }
    for (const socket of sockets) socket.close();
    counts.strangers += STRANGERS;
    await pause(500);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
