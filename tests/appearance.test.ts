import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { en } from "../packages/widget/src/locale/en.js";
import { assertAccessible, assertNoSidewaysScroll } from "./support/axe.js";
import type { RoomPage } from "./support/room-page.js";
import { scene } from "./support/scene.js";

const NARROW = { width: 360, height: 740 };
/** A window of 1280 × 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

scene("landing page and room fit light and dark, wide and narrow, and axe finds nothing", async ({ person }) => {
  const alice = await person("alice", { colorScheme: "dark" });
  await alice.visit("/");
  await assertAccessible(alice, "landing page, dark, wide");
  await alice.screenshot("landing-dark-wide");
  await alice.initializeLink("looks");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();

  const bob = await person("bob", { viewport: NARROW, colorScheme: "light" });
  await bob.visit("/");
  await assertNoSidewaysScroll(bob, "landing page");
  await assertAccessible(bob, "landing page, light, narrow");
  await bob.screenshot("landing-light-narrow");
  await bob.visit(invite);
  await assertAccessible(bob, "question for a name");
  await bob.screenshot("name-light-narrow");
  await bob.giveName();

  await Promise.all([alice.secured(), bob.secured()]);
  await bob.say("Hello from a small screen.");
  await alice.reads("Hello from a small screen.");
  for (const who of [alice, bob]) {
    await assertNoSidewaysScroll(who, `${who.person.name}'s room`);
    await assertAccessible(who, `${who.person.name}'s room`);
  }
  await alice.screenshot("room-dark-wide");
  await bob.screenshot("room-light-narrow");

  await bob.page.getByRole("button", { name: en.room.openTelemetry }).click();
  await bob.sees(en.qber.verdict.secure);
  await assertAccessible(bob, "telemetry, light, narrow");
  await bob.screenshot("room-light-narrow-telemetry");
  await bob.page.getByRole("button", { name: en.room.close, exact: true }).first().click();
  await bob.page.emulateMedia({ colorScheme: "dark" });
  await bob.page.getByRole("button", { name: en.room.openSidebar }).click();
  await bob.sees(en.members.title);
  await assertAccessible(bob, "sidebar, dark, narrow");
  await bob.screenshot("room-dark-narrow-sidebar");
});

scene(
  "at 400 % one reads, writes and acts without scrolling sideways, and nothing covers anything",
  async ({ person }) => {
    const [alice, bob] = [await person("alice"), await person("bob", { viewport: ZOOMED, reducedMotion: "reduce" })];
    await alice.meet(bob, "zoomed");
    for (let line = 1; line <= 6; line++) await alice.say(`Line ${line}`);
    await bob.reads("Line 6");
    await assertNoSidewaysScroll(bob, "the room at 400 %");
    for (const [name, what] of [
      ["the newest message", bob.message("Line 6")],
      ["the field", bob.composer],
      ["Send", bob.send],
    ] as const)
      await assertUncovered(what, name);

    await bob.page.getByRole("log").focus();
    for (let row = 0; row < 6; row++) await bob.page.keyboard.press("ArrowUp");
    await bob.page.getByRole("toolbar").waitFor();
    await assertUncovered(bob.page.getByRole("toolbar"), "the toolbar");
    const jump = bob.page.getByRole("button", { name: en.chat.latest });
    await jump.focus();
    await bob.page.getByRole("toolbar").waitFor({ state: "detached" });
    await assertUncovered(jump, "the way to the newest");
    await assertAccessible(bob, "the room at 400 %");
    assert.deepEqual(await moving(bob), [], "who asks for less motion sees nothing move");
  },
);

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

/** All of it stands in the window, and a pointer at its middle meets it or what is in it. */
async function assertUncovered(what: Locator, name: string): Promise<void> {
  const problem = await what.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
      return `${left} ${top} ${right} ${bottom} in a window of ${innerWidth} × ${innerHeight}`;
    const root = element.getRootNode() as Document | ShadowRoot;
    const here = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return here !== null && element.contains(here) ? null : `covered by ${here?.outerHTML.slice(0, 80)}`;
  });
  assert.equal(problem, null, name);
}

/** The names of the animations that run anywhere in the page. */
function moving({ page }: RoomPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const names: string[] = [];
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const each of root.getAnimations())
        names.push(each instanceof CSSAnimation ? each.animationName : "unnamed");
      for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot !== null) roots.push(shadowRoot);
    }
    return names;
  });
}
