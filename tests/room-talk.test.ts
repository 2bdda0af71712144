import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import type { RoomPage } from "./support/room-page.js";
import { scene } from "./support/scene.js";
import { Wire } from "./support/wire.js";

/** The conversation has more lines than this window. */
const LOW = { width: 1000, height: 460 };

type Pair = readonly [name: string, RoomPage];

scene("all that is said in one browser is read in the other, both ways", async ({ person }) => {
  const [alice, bob] = [await person("alice"), await person("bob")];
  await alice.meet(bob, "talk");
  for (const [[name, from], [otherName, to]] of bothWays(alice, bob)) {
    const [question, typo, slip] = [`A question of ${name}'s`, `A tpyo of ${name}'s`, `A slip of ${name}'s`];
    for (const text of [question, typo, slip]) await from.say(text);
    await to.reads(slip);

    await to.act(question, en.chat.actions.react, en.chat.reaction.with("🎉"));
    const chip = (name: string) => ({ name: en.chat.reaction.chip("🎉", name) });
    await from.message(question).getByRole("button", chip(otherName)).waitFor();
    await to.message(question).getByRole("button", chip(en.chat.you)).click();
    await from.message(question).getByRole("button", chip(otherName)).waitFor({ state: "detached" });

    await from.act(typo, en.chat.actions.edit);
    await from.composer.fill(`A word of ${name}'s`);
    await from.page.getByRole("button", { name: en.composer.save }).click();
    await to.message(`A word of ${name}'s`).getByText(en.chat.edited).waitFor();

    await from.act(slip, en.chat.actions.delete, en.chat.actions.delete);
    await to.message(slip).waitFor({ state: "detached" });
    await to.message(en.chat.deleted).waitFor();

    await to.act(question, en.chat.actions.reply);
    await to.say(`An answer to ${name}`);
    const answer = from.message(`An answer to ${name}`);
    await answer.getByTitle(en.chat.goToQuoted(en.chat.you)).waitFor();
  }
});

scene(
  "marks say who types, what is sent, delivered and read; who reads further up is led to what is new",
  async ({ person }) => {
    const [alice, bob] = [await person("alice"), await person("bob", { viewport: LOW })];
    const wire = await Wire.of(bob.page);
    await alice.meet(bob, "marks");
    const marked = (text: string, mark: string) =>
      alice.message(text).getByText(mark, { exact: true }).waitFor({ state: "attached" });
    for (const [[name, from], [, to]] of bothWays(alice, bob)) {
      await from.composer.fill("Hm");
      await to.sees(en.chat.typing(name, 1));
    }
    await bob.say("I am all ears");
    for (let line = 1; line <= 12; line++) await alice.say(`Line ${line}`);
    for (const [[name], [, to]] of bothWays(alice, bob))
      await to.page.getByText(en.chat.typing(name, 1)).waitFor({ state: "detached" });
    await bob.reads("Line 12");
    await marked("Line 12", en.chat.mark.read("bob"));

    await bob.page.getByRole("log").evaluate((log) => (log.scrollTop = 0));
    await bob.sees(en.chat.latest);
    wire.hold();
    await alice.say("Are you there?");
    await marked("Are you there?", en.chat.mark.sent);
    wire.release();
    await marked("Are you there?", en.chat.mark.delivered);
    await bob.page.getByRole("button", { name: en.chat.newMessages(1) }).click();
    await marked("Are you there?", en.chat.mark.read("bob"));
    await bob.page.getByRole("log").getByText(en.chat.unread, { exact: true }).waitFor();
    assert.ok(await isInSight(bob, "Are you there?"));

    await bob.page.getByRole("button", { name: en.chat.search.open }).click();
    await bob.page.getByRole("searchbox", { name: en.chat.search.field }).fill("line 2");
    await bob.sees(en.chat.search.place(1, 1));
    assert.ok(await isInSight(bob, "Line 2"));
    assert.ok(!(await isInSight(bob, "Are you there?")));
  },
);

function bothWays(alice: RoomPage, bob: RoomPage): readonly (readonly [from: Pair, to: Pair])[] {
  const [a, b] = [["alice", alice] as const, ["bob", bob] as const];
  return [
    [a, b],
    [b, a],
  ];
}

/** Whether the message stands within the list, and not only in the page. */
function isInSight(who: RoomPage, text: string): Promise<boolean> {
  return who.message(text).evaluate((row) => {
    const [box, frame] = [row.getBoundingClientRect(), row.closest("[role=log]")!.getBoundingClientRect()];
    return box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
  });
}
