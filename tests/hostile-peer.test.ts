/** A member who has the room's secret, whose program sends what no honest one would: over a real relay, to a real browser. */
import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import { attack } from "./support/attacked-room.js";
import { floodWithOffers, floodWithTyping, nowhere } from "./support/hostile-peer.js";

const FUTURE = 8.64e15;

attack(
  "texts that stack, stretch, turn and pretend stay within their bubbles",
  { narrow: true, dark: true },
  async (room) => {
    const mallory = await room.hostile();
    const { alice } = room;
    for (const text of [
      `Z${"\u0300\u0301\u0302\u0303".repeat(2_500)}`,
      "W".repeat(60_000),
      `https://a.example/${")".repeat(60_000)}`,
      "<img src=x onerror=ran=1> javascript:ran=1 data:text/html,<script>ran=1</script>",
      "\u202ereversed \u2066\u2067 https://a.example/\u202egnp.exe https://user@evil.example",
      "\n".repeat(3_000),
      "carol left · New room key, epoch 9",
    ])
      await mallory.say(text);
    await mallory.say("said in 1970", 0);
    await mallory.say("said at the end of time", FUTURE);
    await room.assertUnharmed("texts");

    const time = (text: string) => alice.message(text).getByRole("time").innerText();
    assert.match(await time("said in 1970"), /1 January 1970/);
    assert.match(await time("said at the end of time"), /^\d+:\d\d$/);
    for (const link of await alice.page.getByRole("log").getByRole("link").all())
      assert.match((await link.getAttribute("href"))!, /^https:\/\/a\.example\//);
    // Whole, it is looked through once.
    await alice.page.getByRole("button", { name: en.chat.showMore }).last().click();
    await room.assertUnharmed("the longest of them is shown whole");
  },
);

attack("what is done to the messages of others, and what nobody can read, is refused and said", {}, async (room) => {
  const mallory = await room.hostile();
  const { alice, said, banners } = room;
  const ref = { id: said.from, epoch: said.epoch, seq: said.seq };
  for (const event of [
    { op: "edit", ref, text: "forged" },
    { op: "delete", ref },
    { op: "expire", ref, seconds: 0 },
  ])
    await mallory.does({ v: 1, ...event });
  await banners.getByText("tried to change a message of another member").waitFor();
  await mallory.does({ v: 1, op: "expire", seconds: 1 });
  await banners.getByText("does not lead this room").waitFor();
  for (const event of [
    ...["", "null", "[]", '{"v":1,"op":"react","ref":{"id":"__proto__","epoch":1,"seq":0},"emoji":"x"}'],
    ...[
      { v: 2, op: "edit" },
      { v: 1, op: "receipt", ref: { ...ref, seq: -1 }, state: "read" },
    ],
    ...[
      { v: 1, op: "expire", ref: mallory.next, seconds: 1e300 },
      { v: 1, op: "reply", ref: 7, text: "\ud800" },
    ],
  ])
    await mallory.does(event);
  for (const fields of [{ size: 1e99 }, { name: {} }, { mime: "text/html\n" }, { key: "" }, { v: "constructor" }])
    await mallory.offer(nowhere(), fields);
  await banners.getByText(/is malformed/).waitFor();
  // Of another version, perhaps: nothing to tell.
  for (const op of ["dance", "__proto__", "constructor"]) await mallory.does({ v: 1, op, ref });
  await mallory.does({ v: 1, op: "receipt", ref: { ...ref, seq: 4e9 }, state: "read" });
  await mallory.does({ v: 1, op: "reply", ref: { ...ref, seq: 4e9 }, text: "What carol never said" });
  await room.assertUnharmed("orders");

  assert.equal(await banners.count(), 3, "one banner for each kind");
  assert.match(await alice.message("What carol never said").innerText(), new RegExp(en.chat.quoteGone));
  assert.doesNotMatch(await alice.message("Hello from carol").innerText(), /edited/);
  assert.equal(await alice.page.getByRole("log").getByText("forged").count(), 0);
});

attack(
  "names that turn, stretch, stack and pretend to be oneself move nothing around them",
  { narrow: true },
  async (room) => {
    const { alice } = room;
    for (const name of ["carol\ufe0f", "\u3164", `Z${"\u0316".repeat(20)}`, "a\u202eb", "bob\njoined", "<b>bob</b>"])
      await assert.rejects(room.hostile(name), /bad_username/, name);
    for (const name of ["You", "אבג.1", "W".repeat(63), `Z${"\u0316".repeat(7)}`]) {
      const peer = await room.hostile(name);
      await peer.say(`I am ${name}`);
      await peer.does({ v: 1, op: "typing", on: true });
      await peer.does({
        v: 1,
        op: "react",
        ref: { id: room.said.from, epoch: room.said.epoch, seq: room.said.seq },
        emoji: name.slice(0, 30),
      });
    }
    await room.assertUnharmed("names");
    assert.match(await alice.message("I am You").innerText(), /^“You”/);
    const line = alice.page.getByRole("log").getByText(/אבג.*joined/);
    assert.match(await line.innerText(), /^\u2068אבג\.1\u2069 joined/);
    assert.equal(await line.evaluate((element) => getComputedStyle(element).direction), "ltr");
  },
);

attack("files that lie, break, lead elsewhere or do not exist are said to be what they are", {}, async (room) => {
  const mallory = await room.hostile();
  const { alice } = room;
  const offer = async (content: string, name: string, mime: string, fields = {}): Promise<void> =>
    mallory.offer(await mallory.upload(content), { name, mime, ...fields });
  const list = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/leak.ts\n#EXT-X-ENDLIST\n";
  const svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='top.ran=1'/>";
  await offer(list, "list.mp3", "audio/mpeg");
  await offer("", "empty.ogg", "audio/ogg");
  await offer("GIF89a=1;/*", "cut.gif", "image/gif");
  await offer(svg, "drawing.png", "image/png");
  await offer("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x06\0\0\0", "giant.png", "image/png");
  await offer(svg, "longer.png", "image/png", { size: 3_000_000 });
  await offer(svg, "other.png", "image/png", { key: nowhere()["key"] });
  await mallory.offer(nowhere({ thumb: new Uint8Array(16_384).fill(255) }), { name: "lost.png", mime: "image/png" });
  await offer(list, "film.mp4", "video/mp4");
  await alice.page.getByRole("button", { name: en.media.show("film.mp4") }).click();

  const says = (name: string, words: string) => alice.message(name).getByText(words).waitFor();
  for (const name of ["list.mp3", "empty.ogg", "cut.gif", "drawing.png", "giant.png", "film.mp4"])
    await says(name, en.media.broken);
  for (const name of ["longer.png", "other.png"]) await says(name, en.media.failure.DECRYPT);
  await says("lost.png", en.media.failure.unknown_blob);
  assert.equal(await alice.page.locator("qsec-attachment").locator("audio, video, iframe, object").count(), 0);
  await room.assertUnharmed("files");
});

attack("floods leave the room to the others", { narrow: true }, async (room) => {
  const mallory = await room.hostile();
  await floodWithTyping(mallory, 30);
  await room.assertUnharmed("typing");
  await floodWithOffers(mallory, 30);
  await room.assertUnharmed("offers");
});
