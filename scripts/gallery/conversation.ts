import { en } from "../../packages/widget/src/locale/en.js";
import type { RoomPage } from "../../tests/support/room-page.js";
import { speak, type Studio } from "./studio.js";

const LONG_NAME = "Bartholomew_Featherstonehaugh-Cholmondeley.of.Llanfairpwll";

/** All that people do with texts. */
export async function conversation(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "sunday-walk", 4);
  const bob = await studio.guest("bob", invite);
  await Promise.all([alice.secured(), bob.secured()]);
  const long = await studio.guest(LONG_NAME, invite);
  await long.secured();
  const says = async (who: RoomPage, text: string): Promise<void> => {
    await who.say(text);
    await Promise.all([alice, bob, long].map((each) => each.reads(text)));
  };
  await says(alice, "Shall we take the path along the river on Sunday?");
  await says(bob, "Yes. The map is at https://maps.example/walks/river?from=mill&to=weir#start");
  await says(bob, "Bring boots");
  await says(long, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2));
  await says(long, "🥾🌧️👍");
  await says(bob, "مرحبا، متى نلتقي؟ عند الساعة 10:30 قرب المطحنة");
  await bob.act("Shall we take the path along the river on Sunday?", en.chat.actions.reply);
  await says(bob, "Ten o'clock at the mill suits me");
  await alice.act("Ten o'clock at the mill suits me", en.chat.actions.reply);
  await says(alice, "Then ten it is. I will bring tea, and the good biscuits if there are any left by then.");
  for (const [who, emoji] of [
    [alice, "👍"],
    [long, "👍"],
    [alice, "❤️"],
  ] as const)
    await who.act("Bring boots", en.chat.actions.react, en.chat.reaction.with(emoji));
  await says(bob, "What I did not mean to say");
  await bob.act("What I did not mean to say", en.chat.actions.delete, en.chat.actions.delete);
  await says(alice, "Lunch at the wier afterwards");
  await alice.act("Lunch at the wier afterwards", en.chat.actions.edit);
  await alice.composer.fill("Lunch at the weir afterwards");
  await alice.composer.press("Enter");
  await alice.reads("Lunch at the weir afterwards");
  await alice.page.getByRole("log").getByText(en.chat.deleted).waitFor();
  await alice.page.mouse.move(5, 5);
  const typed = bob.composer.pressSequentially("I am typing this, slowly", { delay: 200 });
  typed.catch(() => undefined); // awaited below, unless something else fails first
  await alice.sees(en.chat.typing("bob", 1));
  await studio.draw(alice, "conversation", { sizes: ["wide", "narrow", "broad"] });
  await typed;
  await studio.draw(alice, "conversation-forced", { forcedColors: true });
  await studio.draw(long, "conversation-other");
  await speak(alice, "ar");
  await studio.draw(alice, "conversation-ar");
  await speak(alice, "de");
  await studio.draw(alice, "conversation-de");
  await speak(alice, "en");
  await tools(studio, alice);
  await unread(studio, alice, bob);
}

/** What opens above, at and below the messages. */
async function tools(studio: Studio, alice: RoomPage): Promise<void> {
  const { page } = alice;
  await page.getByRole("button", { name: en.chat.search.open }).click();
  await page.getByRole("searchbox", { name: en.chat.search.field }).fill("mill");
  await studio.draw(alice, "search");
  await page.getByRole("searchbox", { name: en.chat.search.field }).fill("nothing like this");
  await studio.draw(alice, "search-none", { sizes: ["narrow"] });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: en.chat.lifetime.open }).click();
  await studio.draw(alice, "lifetimes");
  await page.getByRole("radio").nth(2).check();
  await page.keyboard.press("Escape");
  await alice.sees(/disappear after/);
  await alice.act("Lunch at the weir afterwards", en.chat.actions.react);
  await studio.draw(alice, "reacting");
  await page.keyboard.press("Escape");
  await alice.act("Lunch at the weir afterwards", en.chat.actions.delete);
  await studio.draw(alice, "deleting");
  await page.keyboard.press("Escape");
  await alice.act("Lunch at the weir afterwards", en.chat.actions.reply);
  await alice.composer.fill("A longer answer,\nover several lines,\nas people write it when they have\nmore to say.");
  await page.mouse.move(5, 5);
  await studio.draw(alice, "replying");
  await page.keyboard.press("Escape");
  await alice.composer.fill("");
}

/** Somebody reads further up while others write. */
async function unread(studio: Studio, alice: RoomPage, bob: RoomPage): Promise<void> {
  await alice.page.getByRole("log").evaluate((log) => (log.scrollTop = 0));
  await alice.sees(en.chat.latest);
  for (const text of ["Are you still there?", "We could also meet at the bridge", "Tell me"]) await bob.say(text);
  await alice.sees(en.chat.newMessages(3));
  await studio.draw(alice, "unread-above", { sizes: ["wide"] });
  await alice.page.getByRole("log").evaluate((log) => (log.scrollTop = log.scrollHeight));
  await studio.draw(alice, "unread");
}
