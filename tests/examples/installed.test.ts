import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { en } from "../../packages/widget/src/locale/en.js";
import { InstalledExamples, npmRun, runInstalled } from "../support/installed-example.js";
import { RoomPage } from "../support/room-page.js";

const VITE = "node_modules/vite/bin/vite.js";
const ADDRESS = /http:\/\/[\d.:]+/;

/** Opens the page for somebody else, under an address of it. */
type Enter = (name: string, address: string) => Promise<RoomPage>;

/** A page of an example, opened by alice, who may bring others; their browsers may not complain. */
async function atPage(
  origins: readonly string[],
  button: string,
  play: (alice: RoomPage, enter: Enter) => Promise<void>,
): Promise<void> {
  const people: RoomPage[] = [];
  const enter: Enter = async (name, address) => {
    const member = await RoomPage.open(name, origins[0], { allowed: origins });
    people.push(member);
    await member.visit(address);
    await member.page.getByLabel("Your name").fill(name);
    await member.page.getByRole("button", { name: button }).click();
    return member;
  };
  try {
    await play(await enter("alice", "/"), enter);
    for (const { person } of people) assert.deepEqual(person.complaints, []);
  } finally {
    await Promise.all(people.map((member) => member.close()));
  }
}

/** @returns whom alice has brought */
async function talkInWidget(alice: RoomPage, enter: Enter): Promise<RoomPage> {
  await alice.sees(en.invite.copy);
  const bob = await enter("bob", await alice.inviteLink());
  await Promise.all([alice.secured(), bob.secured()]);
  await alice.say("Hello from an example.");
  await bob.reads("Hello from an example.");
  return bob;
}

/** Vite's own server: with `preview` it serves what was built, else the sources. */
async function atVite(folder: string, args: readonly string[], visit: (origin: string) => Promise<void>) {
  const site = runInstalled(folder, VITE, [...args, "--port", "0", "--host", "127.0.0.1"]);
  try {
    await visit(await site.says(ADDRESS));
  } finally {
    await site.stop();
  }
}

const talkAt = (origin: string): Promise<void> =>
  atPage([origin], "Enter", async (alice, enter) => {
    const bob = await talkInWidget(alice, enter);
    // The page has heard the widget's event.
    await bob.sees(/^Last message: alice/);
  });

describe("examples, installed from the packed packages", { concurrency: 2, timeout: 600_000 }, () => {
  let examples: InstalledExamples;
  before(async () => void (examples = await InstalledExamples.pack()));
  after(() => examples.remove());

  for (const name of ["react", "vue"]) {
    test(`examples/${name} compiles, is built, and two people talk in it`, async () => {
      const folder = await examples.install(name);
      await npmRun(folder, "build");
      await atVite(folder, ["preview"], talkAt);
    });
  }

  test("examples/vite-app compiles, is built, and two people talk in it, also on the development server", async () => {
    const folder = await examples.install("vite-app");
    await npmRun(folder, "build");
    await atVite(folder, ["preview"], talkAt);
    await atVite(folder, [], talkAt);
  });

  test("examples/custom-ui compiles, is built, and two people talk without the widget", async () => {
    const folder = await examples.install("custom-ui");
    await npmRun(folder, "build");
    await atVite(folder, ["preview"], (origin) =>
      atPage([origin], "Join", async (alice, enter) => {
        await alice.sees("Waiting for somebody to join");
        await alice.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
        await alice.page.getByRole("button", { name: "Copy invite link" }).click();
        const bob = await enter("bob", await alice.page.evaluate(() => navigator.clipboard.readText()));
        await bob.sees("End-to-end encrypted");
        await bob.page.getByLabel("Message", { exact: true }).fill("<b>Hello</b> from our own page.");
        await bob.page.getByRole("button", { name: "Send" }).click();
        await alice.page.getByRole("log").getByText("bob: <b>Hello</b> from our own page.", { exact: true }).waitFor();
        await bob.page.getByRole("button", { name: "Leave" }).click();
        await bob.sees("You have left");
        await alice.sees("Waiting for somebody to join");
      }),
    );
  });

  test("examples/telemetry-only compiles, is built, and shows a recording, a live exchange and a run of the laboratory", async () => {
    const folder = await examples.install("telemetry-only");
    await npmRun(folder, "build");
    await atVite(folder, ["preview"], async (origin) => {
      const alice = await RoomPage.open("alice", origin, { allowed: [origin] });
      const { page } = alice;
      try {
        await alice.visit("/");
        const phase = (word: string) =>
          page.locator("qsec-channel-monitor").first().getByText(word, { exact: true }).waitFor();
        await phase("IDLE");
        await page.getByLabel("Speed").first().selectOption("4");
        await page.getByRole("button", { name: "Play the recording" }).click();
        await phase("EXCHANGING");
        await phase("SECURE");
        await phase("EAVESDROPPER");
        await page.getByRole("button", { name: "Run a live exchange" }).click();
        await phase("SECURE");
        await alice.sees("Both have the same key.");
        await page.getByLabel("Another recording").setInputFiles({
          name: "half.json",
          mimeType: "application/json",
          buffer: (await readFile(join(folder, "public/trace.json"))).subarray(0, 5_000),
        });
        await alice.sees(/it is not JSON, or it ends in the middle/);
        await alice.visit("/#lab&qubits=4096&strategy=random&share=1&seed=example");
        await page.reload();
        await page.locator("qsec-channel-lab").getByText("EAVESDROPPER", { exact: true }).waitFor();
        await alice.screenshot("example-telemetry-only");
        assert.deepEqual(alice.person.complaints, []);
      } finally {
        await alice.close();
      }
    });
  });

  test("examples/strict-csp: the CDN's file with its hash under a strict policy and Trusted Types", async () => {
    const folder = await examples.install("strict-csp");
    const site = runInstalled(folder, "serve.mjs");
    try {
      const origins = (await site.says(/^Open .*/)).match(new RegExp(ADDRESS, "g"))!;
      const policy = (await fetch(origins[0])).headers.get("Content-Security-Policy")!;
      assert.doesNotMatch(policy, /unsafe/);
      assert.match(policy, /require-trusted-types-for 'script'/);
      await atPage(origins, "Enter", async (alice, enter) => void (await talkInWidget(alice, enter)));
    } finally {
      await site.stop();
    }
  });

  test("examples/plain-html, node-bot and embed-relay-express start from installed packages alone", async () => {
    const html = await examples.install("plain-html");
    const bot = await examples.install("node-bot");
    const embed = await examples.install("embed-relay-express");
    // What npm compiles where scripts of packages may run.
    const compiled = "node_modules/better-sqlite3/build";
    if (existsSync(compiled)) await cp(compiled, join(embed, compiled), { recursive: true });
    const [site, server] = [runInstalled(html, "serve.mjs"), runInstalled(embed, "server.mjs")];
    try {
      const [origin, relay] = (await site.says(/^Open .*/)).match(new RegExp(ADDRESS, "g"))!;
      const widget = await (await fetch(`${origin}/qsec-room.js`)).text();
      assert.equal(widget, await readFile("packages/widget/dist/qsec-room.js", "utf8"));
      const program = runInstalled(bot, "bot.mjs", [`${relay}/room/r#${"A".repeat(43)}`]);
      await program.says(/^In the room/);
      await program.stop();
      const hello = await fetch(`${await server.says(ADDRESS)}/hello`);
      assert.equal(await hello.text(), "Hello from Express.\n");
    } finally {
      await Promise.all([site.stop(), server.stop()]);
    }
  });
});
