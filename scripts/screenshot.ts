/**
 * Draws `docs/images/room.png`: a real relay, two browsers, one conversation.
 *
 *     npm run screenshot
 */
import { mkdir } from "node:fs/promises";
import { en } from "../packages/widget/src/locale/en.js";
import { startRelayProcess } from "../tests/support/relay-process.js";
import { RoomPage } from "../tests/support/room-page.js";

const FILE = "docs/images/room.png";
const CONVERSATION = [
  ["alice", "Morning! The room key is ours alone?"],
  ["bob", "Ours alone. The relay only passes sealed bytes."],
  ["bob", "And the room code on the left is the same on my screen."],
  ["alice", "Same here. Let's start."],
] as const;

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
  await mkdir("docs/images", { recursive: true });
  await alice.page.screenshot({ path: FILE });
  console.log(`Wrote ${FILE}`);
} finally {
  await Promise.all([alice.close(), bob.close()]);
  await relay.stop();
}
