/** What a hostile member can send in minutes: the room is still there for the others. */
import { en } from "../packages/widget/src/locale/en.js";
import { attack } from "./support/attacked-room.js";
import { floodWithOffers, floodWithTyping } from "./support/hostile-peer.js";

attack("a thousand changes of who types hold nobody up", {}, async (room) => {
  await floodWithTyping(await room.hostile(), 1_000);
  await room.assertUnharmed("typing");
});

attack("a message that is changed and reacted to without end is shown as it is in the end", {}, async (room) => {
  const mallory = await room.hostile();
  const ref = mallory.next;
  await mallory.say("at first");
  for (let i = 0; i < 500; i++) {
    await mallory.does({ v: 1, op: "edit", ref, text: `then ${i}` });
    await mallory.does({ v: 1, op: "react", ref, emoji: String(i) });
  }
  await room.assertUnharmed("changes");
  const chip = { name: en.chat.reaction.chip("499", "mallory") };
  await room.alice.message("then 499").getByRole("button", chip).waitFor();
});

attack(
  "texts as long as they may be, and files that are all fetched unasked, leave the room to the others",
  {},
  async (room) => {
    const mallory = await room.hostile();
    for (let i = 0; i < 400; i++) await mallory.say(`${i} ${"é".repeat(32_000)}`);
    await room.assertUnharmed("long texts");
    await floodWithOffers(mallory, 200, 4 * 2 ** 20 - 4);
    await room.assertUnharmed("offers");
  },
);

attack("somebody who comes and goes as another each time turns nobody out", {}, async (room) => {
  const ref = { id: room.said.from, epoch: room.said.epoch, seq: room.said.seq };
  for (let i = 0; i < 10; i++) {
    const guest = await room.hostile(`guest-${i}`);
    await guest.does({ v: 1, op: "react", ref, emoji: `${i}`.repeat(64) });
    await guest.puppet.depart();
  }
  await room.assertUnharmed("guests");
});
