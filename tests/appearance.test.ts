import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import type { RoomPage } from "./support/room-page.js";
import { scene } from "./support/scene.js";

const NARROW = { width: 360, height: 740 };

scene("landing page and room fit light and dark, wide and narrow", async ({ person }) => {
  const alice = await person("alice", { colorScheme: "dark" });
  await alice.visit("/");
  await alice.screenshot("landing-dark-wide");
  await alice.initializeLink("looks");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();

  const bob = await person("bob", { viewport: NARROW, colorScheme: "light" });
  await bob.visit("/");
  await assertNoSidewaysScroll(bob);
  await bob.screenshot("landing-light-narrow");
  await bob.visit(invite);
  await bob.screenshot("name-light-narrow");
  await bob.giveName();

  await Promise.all([alice.secured(), bob.secured()]);
  await bob.say("Hello from a small screen.");
  await alice.reads("Hello from a small screen.");
  await assertNoSidewaysScroll(alice);
  await assertNoSidewaysScroll(bob);
  await alice.screenshot("room-dark-wide");
  await bob.screenshot("room-light-narrow");

  await bob.page.getByRole("button", { name: en.room.openTelemetry }).click();
  await bob.sees(en.qber.verdict.secure);
  await bob.screenshot("room-light-narrow-telemetry");
  await bob.page.getByRole("button", { name: en.room.close, exact: true }).first().click();
  await bob.page.emulateMedia({ colorScheme: "dark" });
  await bob.page.getByRole("button", { name: en.room.openSidebar }).click();
  await bob.sees(en.members.title);
  await bob.screenshot("room-dark-narrow-sidebar");
});

scene("the landing page refuses bad input in words, before anything is sent", async ({ person, relay }) => {
  const alice = await person("alice");
  await alice.visit("/");
  await alice.page.getByLabel("Room ID").fill("no spaces please");
  await alice.page.getByLabel("Expected capacity").fill("65");
  await alice.page.getByRole("button", { name: "INITIALIZE LINK" }).click();
  const said = await alice.page.getByRole("alert").allInnerTexts();
  assert.equal(
    said.filter((text) => text !== "").length,
    3,
    `each of the three fields says what is wrong: ${said.join(" | ")}`,
  );
  assert.equal(alice.page.url(), `${relay.url}/`);
  await alice.screenshot("landing-refused");
});

async function assertNoSidewaysScroll({ page, person }: RoomPage): Promise<void> {
  const [content, view] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(content <= view, `${person.name}'s page is ${content} px wide in a window of ${view} px`);
}
