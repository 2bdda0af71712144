/**
 * Draws the pictures of the documents in `docs/images`: `room.png`, a real relay, two browsers, one conversation;
 * `laboratory.png`, a run and a sweep of the channel laboratory.
 *
 *     npm run screenshot
 */
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { en } from "../packages/widget/src/locale/en.js";
import { startRelayProcess } from "../tests/support/relay-process.js";
import { RoomPage } from "../tests/support/room-page.js";
import { CHROMIUM_FLAGS, findChromium } from "./find-chromium.mjs";
import { bringAllIntoSight, laboratoryPage } from "./gallery/laboratory.js";

const FOLDER = "docs/images";
const CONVERSATION = [
  ["alice", "Morning! The room key is ours alone?"],
  ["bob", "Ours alone. The relay only passes sealed bytes."],
  ["bob", "And the room code on the left is the same on my screen."],
  ["alice", "Same here. Let's start."],
] as const;

await mkdir(FOLDER, { recursive: true });
await drawRoom(`${FOLDER}/room.png`);
await drawLaboratory(`${FOLDER}/laboratory.png`);

async function drawRoom(file: string): Promise<void> {
  const relay = await startRelayProcess();
  const view = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };
  const alice = await RoomPage.open("alice", relay.url, { ...view, colorScheme: "dark" });
  const bob = await RoomPage.open("bob", relay.url, view);
  try {
    await alice.initializeLink("standup");
    await bob.visit(await alice.inviteLink());
    await bob.giveName();
    await Promise.all([alice.secured(), bob.secured()]);
    for (const [speaker, text] of CONVERSATION) {
      const [from, to] = speaker === "alice" ? [alice, bob] : [bob, alice];
      await from.say(text);
      await to.reads(text);
    }
    // Neither the focus ring nor the passing "Link copied" belongs into the picture.
    await alice.page.locator("body").click({ position: { x: 700, y: 200 } });
    await alice.page.getByRole("button", { name: en.invite.copy }).waitFor();
    await alice.page.screenshot({ path: file });
    console.log(`Wrote ${file}`);
  } finally {
    await Promise.all([alice.close(), bob.close()]);
    await relay.stop();
  }
}

async function drawLaboratory(file: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await laboratoryPage(browser, 1_000);
    await bringAllIntoSight(page);
    await page.locator("qsec-channel-lab").screenshot({ path: file });
    console.log(`Wrote ${file}`);
  } finally {
    await browser.close();
  }
}
