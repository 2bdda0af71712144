import { en } from "../../packages/widget/src/locale/en.js";
import { speak, type Studio } from "./studio.js";

/** Seven emoji, before anybody is let in and afterwards, in three languages. */
export async function comparing(studio: Studio): Promise<void> {
  const alice = await studio.person("alice");
  await alice.initializeLink("emoji", { compareEmoji: true });
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();
  await studio.draw(alice, "waiting-to-compare");
  await studio.guest("Bartholomew_Featherstonehaugh-Cholmondeley.the.3rd", invite);
  await alice.comparison.waitFor();
  await studio.draw(alice, "compare");
  for (const lang of ["de", "ar"]) {
    await speak(alice, lang);
    await studio.draw(alice, `compare-${lang}`);
  }
  await speak(alice, "en");
  await alice.answer(true);
  await alice.sees(en.connection.confirming);
  await studio.draw(alice, "confirming");
}

/** Who knocks, and who opens. */
export async function knocking(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "door", 4);
  await alice.page.locator("qsec-room").evaluate((room) => Object.assign(room, { approve: true }));
  await alice.sees(en.connection.waiting(1, 4));
  const bob = await studio.guest("bob", invite);
  await studio.guest("carol-with-quite-a-long-name-for-a-door", invite);
  await alice.page.getByRole("button", { name: en.knock.admitOf("bob") }).waitFor();
  await alice.page.getByRole("button", { name: /Let in carol/ }).waitFor();
  await studio.draw(alice, "knock");
  await bob.sees(en.knock.waitingTitle);
  await studio.draw(bob, "knocking");
}

/** A name that comes back with another key. */
export async function changedIdentity(studio: Studio): Promise<void> {
  const alice = await studio.person("alice");
  await alice.visit("/");
  await alice.page.getByLabel("Remember me in this room").check();
  await alice.initializeLink("old-friends", { visit: false });
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();
  const bob = await studio.guest("bob", invite);
  await Promise.all([alice.secured(), bob.secured()]);
  await bob.say("See you after lunch.");
  await alice.reads("See you after lunch.");
  await bob.leave();
  await alice.sees(en.connection.waiting(1, 2));
  const other = await studio.guest("bob", invite);
  await Promise.all([alice.secured(), other.secured()]);
  await alice.page.getByRole("button", { name: en.identity.acceptOf("bob") }).waitFor();
  await studio.draw(alice, "identity-changed");
}

/** The side columns of a narrow room, the code of the invite, and what is asked before leaving. */
export async function columns(studio: Studio): Promise<void> {
  const [alice] = await studio.pair("columns-and-drawers-with-a-rather-long-room-name");
  const { page } = alice;
  await page.getByRole("button", { name: en.invite.showCode }).first().click();
  await studio.draw(alice, "qr-code", { sizes: ["wide"] });
  await page.getByRole("button", { name: en.room.leave }).click();
  await studio.draw(alice, "leave");
  await page.keyboard.press("Escape");
  for (const lang of ["en", "de", "ar"]) {
    await speak(alice, lang);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.locator("[data-open=sidebar]").click();
    await page.mouse.move(310, 5);
    await studio.draw(alice, `sidebar-${lang}`, { sizes: ["narrow"] });
  }
}
