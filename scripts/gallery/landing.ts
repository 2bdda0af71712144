import { createRoomSecret } from "@qsec2/sdk";
import type { Studio } from "./studio.js";

/** The landing page, each of its refusals, and the pages before a room. */
export async function landing(studio: Studio): Promise<void> {
  const alice = await studio.person("alice");
  const { page } = alice;
  const draw = (state: string) => studio.draw(alice, state, { fullPage: true });
  const room = page.getByLabel("Room ID");
  const submit = () => page.getByRole("button", { name: "INITIALIZE LINK" }).click();
  await alice.visit("/");
  await draw("landing");
  await submit();
  await draw("landing-empty");
  await room.fill("no spaces please");
  await page.getByLabel("Username").fill("x".repeat(70));
  await page.getByLabel("Expected capacity").fill("65");
  await submit();
  await draw("landing-refused");
  await alice.visit("/");
  await room.fill(`${studio.url}/room/tea?expected=4#${createRoomSecret()}`);
  await draw("landing-invite");
  await room.fill(`${studio.url}/room/tea?expected=4`);
  await draw("landing-invite-without-end");
  await room.fill(`https://another.example/room/tea#${createRoomSecret()}`);
  await draw("landing-invite-elsewhere");
  await alice.visit(`/room/tea-at-four`);
  await draw("page-without-secret");
  await alice.visit(`/room/tea-at-four#${createRoomSecret()}`);
  await page.getByRole("button", { name: "Join room" }).click();
  await draw("name-refused");
  await alice.visit(`/room/tea?username=a&admission=open`);
  await draw("page-bad-address");
}
