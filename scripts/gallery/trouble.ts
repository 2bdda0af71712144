import { en } from "../../packages/widget/src/locale/en.js";
import { Wire } from "../../tests/support/wire.js";
import type { Studio } from "./studio.js";

/** A line that is listened to: no key. */
export async function eavesdropper(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "noisy");
  const { pathname, hash } = new URL(invite);
  const bob = await studio.person("bob");
  // The demonstration eavesdropper sits at the receiver, who is the one that comes second.
  await bob.visit(`${pathname}?username=bob&lab&eve=1${hash}`);
  await alice.sees(/were wrong; the limit is 11%/);
  await studio.draw(alice, "eavesdropper");
}

/** A link that breaks in the middle of a conversation. */
export async function reconnecting(studio: Studio): Promise<void> {
  const [host, invite] = await studio.host("alice", "train");
  const bob = await studio.person("bob");
  const wire = await Wire.of(bob.page);
  await bob.visit(invite);
  await bob.giveName();
  await Promise.all([host.secured(), bob.secured()]);
  await host.say("Which carriage are you in?");
  await bob.reads("Which carriage are you in?");
  await bob.say("The third. We are about to enter the tunnel.");
  await host.reads("The third. We are about to enter the tunnel.");
  await wire.cut();
  await bob.sees(en.connection.reconnecting);
  await bob.say("No signal here, this one waits.");
  await bob.say("And this one after it.");
  await studio.draw(bob, "reconnecting");
  // An attempt to connect is given up after 20 s.
  await bob.page.getByText(en.failure["connection_failed"]).first().waitFor({ timeout: 45_000 });
  await studio.draw(bob, "reconnecting-long");
}

/** The leader goes, and the next member takes over. */
export async function leaderGone(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "relay-race", 3);
  const [bob, carol] = [await studio.guest("bob", invite), await studio.guest("carol", invite)];
  await Promise.all([alice, bob, carol].map((each) => each.secured()));
  await bob.say("Who takes the minutes?");
  await carol.reads("Who takes the minutes?");
  await alice.leave();
  await bob.sees(new RegExp(en.chat.leads("bob")));
  await carol.say("You do, it seems.");
  await bob.reads("You do, it seems.");
  await studio.draw(bob, "leader-gone");
}
