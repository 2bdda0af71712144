import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../packages/widget/src/locale/en.js";
import { runProgram } from "./support/program.js";
import { RoomPage } from "./support/room-page.js";
import { scene } from "./support/scene.js";

scene("examples/node-bot joins by an invite link and answers", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("helpdesk");
  await alice.sees(en.connection.waiting(1, 2));
  const bot = runProgram("examples/node-bot/bot.mjs", [await alice.inviteLink()]);
  try {
    await alice.secured();
    await alice.say("/help");
    await alice.reads("I know /time, /roll, /help.");
  } finally {
    await bot.stop();
  }
  await alice.sees(en.chat.left("bot"));
});

scene("examples/node-bot opens a room of its own and prints the invite", async ({ person, relay }) => {
  const bot = runProgram("examples/node-bot/bot.mjs", [], { env: { RELAY: relay.url } });
  try {
    const alice = await person("alice");
    await alice.visit(await bot.says(/https?:\S+#\S+/));
    await alice.giveName();
    await alice.secured();
    await alice.say("/roll");
    await alice.sees(/^You rolled [1-6]\.$/);
  } finally {
    await bot.stop();
  }
});

test("examples/plain-html: two people talk in a page of one's own, beside a relay without pages", async () => {
  const site = runProgram("examples/plain-html/serve.mjs", [], { env: { PORT: "0" } });
  const people: RoomPage[] = [];
  try {
    const line = await site.says(/^Open .*/);
    const allowed = [...line.matchAll(/https?:\/\/[\d.:]+/g)].map(([origin]) => origin);
    assert.equal(allowed.length, 2, "the page and the relay are two origins");
    const join = async (name: string, address: string): Promise<RoomPage> => {
      const member = await RoomPage.open(name, allowed[0], { allowed });
      people.push(member);
      await member.visit(address);
      await member.page.getByLabel("Your name").fill(name);
      await member.page.getByRole("button", { name: "Join the stand-up" }).click();
      return member;
    };
    const alice = await join("alice", "/");
    await alice.sees(en.connection.waiting(1, 4));
    const bob = await join("bob", await alice.inviteLink());
    await Promise.all([alice.secured(), bob.secured()]);
    await alice.say("Hello from a plain page.");
    await bob.reads("Hello from a plain page.");
    await alice.screenshot("example-plain-html");
    for (const { person } of people) assert.deepEqual(person.complaints, []);
  } finally {
    await Promise.all(people.map((member) => member.close()));
    await site.stop();
  }
});
