import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

scene("two people go from the landing page through BB84 to a conversation", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("standup");
  await alice.sees(en.connection.waiting(1, 2));
  assert.equal(await alice.send.isDisabled(), true);
  assert.equal(new URL(alice.page.url()).hash, "", "the room secret must not stay in the address bar");
  await alice.screenshot("room-waiting");

  const invite = await alice.inviteLink();
  assert.match(new URL(invite).hash, /^#[A-Za-z0-9_-]{43}$/);
  const bob = await person("bob");
  await bob.visit(invite);
  await bob.giveName();

  await Promise.all([alice.secured(), bob.secured()]);
  await alice.say("The kettle is on.");
  await bob.reads("The kettle is on.");
  await bob.say("<b>On my way</b> & hungry");
  await alice.reads("<b>On my way</b> & hungry");
  await Promise.all([alice.sees(en.qber.verdict.secure), bob.sees(en.qber.verdict.secure)]);
  await alice.screenshot("room-secured-light-wide");
});

scene("a reload keeps the room secret of this tab and takes part again", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("reload");
  await alice.sees(en.connection.waiting(1, 2));
  const bob = await person("bob");
  await bob.visit(await alice.inviteLink());
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);

  await bob.page.reload();
  await Promise.all([alice.secured(), bob.secured()]);
  await alice.say("Welcome back.");
  await bob.reads("Welcome back.");
});

scene("three people share one room, and those who stay talk on when one leaves", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("trio", { expected: 3 });
  await alice.sees(en.connection.waiting(1, 3));
  const invite = await alice.inviteLink();
  const [bob, carol] = await Promise.all([person("bob"), person("carol")]);
  for (const guest of [bob, carol]) {
    await guest.visit(invite);
    await guest.giveName();
    await guest.secured();
  }
  await carol.say("Three of us.");
  await Promise.all([alice.reads("Three of us."), bob.reads("Three of us.")]);

  await alice.leave();
  await alice.page.getByRole("button", { name: "INITIALIZE LINK" }).waitFor();
  await Promise.all([bob.sees(en.chat.left("alice")), carol.sees(en.chat.left("alice"))]);
  await bob.say("Two of us.");
  await carol.reads("Two of us.");
});

scene("an invite with another secret opens nothing", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("locked");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = new URL(await alice.inviteLink());
  invite.hash = "A".repeat(43);
  const mallory = await person("mallory");
  await mallory.visit(invite.href);
  await mallory.giveName();

  await mallory.sees(/does not match, or the relay tampers/);
  assert.equal(await mallory.send.isDisabled(), true);
  assert.equal(await alice.send.isDisabled(), true);
});

scene("a name that is taken is asked for again", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("names", { expected: 3 });
  await alice.sees(en.connection.waiting(1, 3));
  const other = await person("alice");
  await other.visit(await alice.inviteLink());
  await other.giveName();
  await other.sees("Someone in this room already uses this name.");
  await other.page.getByLabel("Username").fill("alison");
  await other.page.getByRole("button", { name: "Join room" }).click();
  await Promise.all([alice.secured(), other.secured()]);
});
