import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

/** The accessible name that the focused control shows or carries, through all shadow trees. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const field = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
    return (at?.getAttribute("aria-label") ?? field ?? at?.textContent ?? "").replace(/\s+/g, " ").trim();
  });
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let press = 0; press < 60; press++) {
    const here = await focused(page);
    if (here === name) return;
    seen.push(here);
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to "${name}", only to ${[...new Set(seen)].join(" | ")}`);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

scene(
  "the keyboard alone leads from the landing page through a room, a file, a comparison and a removal, and out",
  async ({ person }) => {
    const alice = await person("alice", { reducedMotion: "reduce", forcedColors: "active" });
    const { page } = alice;
    await alice.visit("/");
    await tabTo(page, "Room ID");
    await page.keyboard.type("keys");
    await tabTo(page, "Username");
    await page.keyboard.type("alice");
    await press(page, "INITIALIZE LINK");
    await alice.sees(en.connection.waiting(1, 2));
    const bob = await person("bob");
    await bob.visit(await alice.inviteLink());
    await bob.giveName();
    await Promise.all([alice.secured(), bob.secured()]);

    await tabTo(page, en.chat.composer);
    await page.keyboard.type("No mouse here.");
    await page.keyboard.press("Enter");
    await bob.reads("No mouse here.");

    const chooser = page.waitForEvent("filechooser");
    await press(page, en.composer.attach);
    await (await chooser).setFiles({ name: "agenda.txt", mimeType: "text/plain", buffer: Buffer.from("1. Tea") });
    await page.getByRole("list", { name: en.composer.attached }).waitFor();
    assert.equal(await focused(page), en.chat.composer);
    await page.keyboard.press("Enter");
    await bob.message("agenda.txt").waitFor();

    await press(page, en.members.compareWith("bob"));
    await alice.comparison.waitFor();
    await press(page, en.verify.match);
    await alice.sees(en.members.badge.verified);

    await press(page, en.members.removeOf("bob"));
    await alice.comparison.waitFor();
    await press(page, en.members.remove);
    await bob.sees(en.room.removedText("alice"));

    await press(page, en.room.leave);
    await alice.comparison.waitFor();
    await press(page, en.room.leave);
    await page.getByRole("button", { name: "INITIALIZE LINK" }).waitFor();
  },
);
