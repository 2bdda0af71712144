/**
 * Draws the states of landing page and room, light and dark, wide and narrow, from real sessions over a real relay,
 * into `test-results/gallery`.
 *
 *     npm run gallery
 */
import { mkdir } from "node:fs/promises";
import { en } from "../packages/widget/src/locale/en.js";
import { startRelayProcess } from "../tests/support/relay-process.js";
import { RoomPage } from "../tests/support/room-page.js";

const FOLDER = "test-results/gallery";
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 320, height: 640 } } as const;

const relay = await startRelayProcess();
const people: RoomPage[] = [];

async function person(name: string): Promise<RoomPage> {
  const page = await RoomPage.open(name, relay.url);
  people.push(page);
  return page;
}

/** One picture for each theme and size. */
async function draw({ page }: RoomPage, state: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${FOLDER}/${state}-${colorScheme}-${size}.png` });
    }
  }
  await page.setViewportSize(SIZES.wide);
}

try {
  await mkdir(FOLDER, { recursive: true });
  const [alice, bob, carol] = [await person("alice"), await person("bob"), await person("carol")];
  await alice.visit("/");
  await draw(alice, "landing");
  await alice.page.getByRole("button", { name: "INITIALIZE LINK" }).click();
  await draw(alice, "landing-refused");
  await alice.initializeLink("gallery");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();
  await draw(alice, "waiting");
  await bob.visit(invite);
  await draw(bob, "name");
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);
  await alice.say("The kettle is on.");
  await bob.say("On my way.");
  await alice.reads("On my way.");
  await draw(alice, "secured");
  await alice.page.getByRole("button", { name: en.invite.showCode }).first().click();
  await draw(alice, "qr-code");
  await alice.page.locator("qsec-room").evaluate((room: HTMLElement) => void (room.lang = "ar"));
  await draw(alice, "arabic");
  await alice.page.locator("qsec-room").evaluate((room: HTMLElement) => void (room.lang = "de"));
  await draw(alice, "german");
  await alice.page.locator("qsec-room").evaluate((room: HTMLElement) => void (room.lang = "en"));
  await carol.visit(invite);
  await carol.giveName();
  await carol.sees(en.failure.room_full);
  await draw(carol, "room-full");
  await alice.page.getByRole("button", { name: en.members.compareWith("bob") }).click();
  await alice.comparison.waitFor();
  await draw(alice, "compare");
  await alice.answer(true);
  await alice.page.getByRole("button", { name: en.members.removeOf("bob") }).click();
  await alice.comparison.waitFor();
  await draw(alice, "remove");
  await alice.page.getByRole("dialog").getByRole("button", { name: en.members.remove }).click();
  await bob.sees(en.room.removedText("alice"));
  await draw(bob, "removed");
  // The demonstration eavesdropper sits at the receiver, who is the one that comes second.
  await alice.visit(`/room/noisy?username=alice${new URL(invite).hash}`);
  await alice.sees(en.connection.waiting(1, 2));
  await bob.visit(`/room/noisy?username=bob&lab&eve=1${new URL(invite).hash}`);
  await alice.sees(/were wrong; the limit is 11%/);
  await draw(alice, "eavesdropper");
  await relay.stop();
  await alice.sees(en.failure.connection_failed);
  await draw(alice, "unreachable");
  console.log(`Wrote ${FOLDER}`);
} finally {
  await Promise.all(people.map((page) => page.close()));
  await relay.stop().catch(() => undefined); // it may have been stopped for a picture
}
