import { createRoomSecret } from "@qsec2/sdk";
import { en } from "../../packages/widget/src/locale/en.js";
import { Wire } from "../../tests/support/wire.js";
import type { Studio } from "./studio.js";

/** From the first line of the header to the room key, and the ways in which there is no room. */
export async function entering(studio: Studio): Promise<void> {
  const alice = await studio.person("alice");
  const wire = await Wire.of(alice.page);
  wire.hold();
  await alice.initializeLink("tea-at-four");
  await alice.sees(en.connection.connecting);
  await studio.draw(alice, "connecting");
  wire.release();
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();
  await studio.draw(alice, "waiting");
  const bob = await studio.person("bob");
  await bob.visit(invite);
  await studio.draw(bob, "name");
  wire.pause = 250;
  await bob.giveName();
  await alice.sees(/step [2-5] of 6/);
  wire.hold();
  await studio.draw(alice, "exchanging");
  wire.release();
  await Promise.all([alice.secured(), bob.secured()]);
  await studio.draw(alice, "secured");
  const carol = await studio.guest("carol", invite);
  await carol.sees(en.failure.room_full);
  await studio.draw(carol, "room-full");
  await alice.page.getByRole("button", { name: en.members.removeOf("bob") }).click();
  await alice.comparison.waitFor();
  await studio.draw(alice, "remove");
  await alice.page.getByRole("dialog").getByRole("button", { name: en.members.remove }).click();
  await bob.sees(en.room.removedText("alice"));
  await studio.draw(bob, "removed");
  await alice.leave();
  await alice.page.waitForURL(/\/$/);
}

/** What stands in the way before there is a conversation. */
export async function refusals(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "refusals", 3);
  const address = new URL(invite);
  const wrong = await studio.guest("mallory", `${address.pathname}#${createRoomSecret()}`);
  await wrong.sees(/does not match, or the relay tampers/);
  await studio.draw(wrong, "wrong-invite");
  await studio.draw(alice, "stranger");
  await wrong.close();
  const twin = await studio.guest("alice", invite);
  await twin.sees("Someone in this room already uses this name.");
  await studio.draw(twin, "name-taken");
  const bare = await studio.person("bob");
  await bare.page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  await bare.visit(invite);
  await bare.giveName();
  await bare.sees(en.failure["insecure_context"]);
  await studio.draw(bare, "insecure-context");
  const full = await studio.person("carol");
  await full.page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await full.visit(invite);
  await full.page.getByLabel("Remember me in this room").check();
  await full.giveName();
  await full.sees(en.failure["storage_full"]);
  await studio.draw(full, "storage-full");
  const cut = await studio.person("dave");
  await cut.visit(invite);
  await cut.page.context().setOffline(true);
  await cut.giveName();
  await cut.sees(en.failure["connection_failed"]);
  await studio.draw(cut, "unreachable");
}
