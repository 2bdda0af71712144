import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import type { RoomPage } from "./support/room-page.js";
import { scene, type Scene } from "./support/scene.js";

/** Both type the same room ID; the exchange has come to the emoji. */
async function compareIn(room: string, { person }: Scene): Promise<readonly [RoomPage, RoomPage]> {
  const [alice, bob] = await Promise.all([person("alice"), person("bob")]);
  await alice.initializeLink(room, { compareEmoji: true });
  await bob.initializeLink(room, { compareEmoji: true });
  await Promise.all([alice.comparison.waitFor(), bob.comparison.waitFor()]);
  return [alice, bob];
}

scene("emoji: both see the same seven, and Send waits until both have said that they match", async (stage) => {
  const [alice, bob] = await compareIn("lobby", stage);
  const [seen, told] = [await alice.emoji(), await bob.emoji()];
  assert.equal(seen.length, 7);
  assert.deepEqual(seen, told);
  await alice.screenshot("verify-emoji-wide");
  // The buttons are behind the dialog, so the page hides their roles: they are looked at as elements.
  const sends = [alice, bob].map(({ page }) => page.locator("qsec-composer button[type=submit]"));
  for (const send of sends) assert.equal(await send.isDisabled(), true);

  await alice.answer(true);
  await alice.comparison.waitFor({ state: "detached" });
  assert.equal(await alice.send.isDisabled(), true, "one answer is not enough");
  assert.equal(await sends[1].isDisabled(), true);

  await bob.answer(true);
  await Promise.all([alice.secured(), bob.secured()]);
  await Promise.all([alice.sees(en.members.badge.verified), bob.sees(en.members.badge.verified)]);
  await bob.say("It is really you.");
  await alice.reads("It is really you.");
});

scene("emoji: whoever says that they don't match ends it, and no key moves", async (stage) => {
  const [alice, bob] = await compareIn("doubt", stage);
  await bob.answer(false);
  await Promise.all([alice.sees(en.abort.REJECTED("bob")), bob.sees(en.abort.REJECTED("alice"))]);
  await alice.comparison.waitFor({ state: "detached" });
  for (const { send } of [alice, bob]) assert.equal(await send.isDisabled(), true);
  await bob.screenshot("verify-rejected");
});
