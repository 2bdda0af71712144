import assert from "node:assert/strict";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";
import { Wire } from "./support/wire.js";

const CONCERT = "concert.flac";
const BYTES = 3_000_000;

scene(
  "a file is stopped by either side, goes on where the link was lost, and is tried again when it could not be read",
  async ({ person }) => {
    const folder = await mkdtemp(join(tmpdir(), "qsec2-on-the-way-"));
    try {
      const [alice, bob] = [await person("alice"), await person("bob")];
      const [slow, weak] = [await Wire.of(alice.page), await Wire.of(bob.page)];
      await alice.meet(bob, "concert");
      const path = join(folder, CONCERT);
      const content = Buffer.from(Uint8Array.from({ length: BYTES }, (_, i) => (i * 31 + (i >> 8)) & 0xff));
      await writeFile(path, content);
      const bar = bob.page.getByRole("progressbar", { name: en.media.progress(CONCERT) });
      const share = () => bar.evaluate((element: HTMLProgressElement) => element.position);

      weak.pause = 100;
      await bob.attach(path);
      await bob.send.click();
      await bar.waitFor();
      await bob.page.getByRole("button", { name: en.media.cancelOf(CONCERT) }).click();
      await bob.message(CONCERT).waitFor({ state: "detached" });

      await bob.attach(path);
      await bob.send.click();
      await bar.waitFor();
      while ((await share()) < 0.5) await bob.page.waitForTimeout(20);
      await weak.cut();
      await bob.sees(en.connection.reconnecting);
      weak.carried = 0;
      weak.pause = 0;
      weak.restore();
      await alice.message(CONCERT).waitFor();
      assert.ok(weak.carried > 0 && weak.carried < 0.75 * BYTES, `${weak.carried} bytes were sent after the loss`);

      slow.pause = 100;
      await alice.page.getByRole("button", { name: en.media.downloadOf(CONCERT) }).click();
      await alice.page.getByRole("progressbar", { name: en.media.progress(CONCERT) }).waitFor();
      await alice.page.getByRole("button", { name: en.media.cancelOf(CONCERT) }).click();
      await alice.message(CONCERT).getByText(en.media.cancelled).waitFor();
      slow.pause = 0;
      await alice.message(CONCERT).getByRole("button").click();
      const download = alice.page.waitForEvent("download");
      await alice.page.getByRole("link", { name: en.media.saveAs(CONCERT) }).click();
      assert.deepEqual(await readFile(await (await download).path()), content);

      const note = join(folder, "note.txt");
      await writeFile(note, "on a stick that is pulled out");
      await bob.attach(note);
      await rename(note, `${note}.away`);
      await bob.send.click();
      await bob.sees(en.media.failure["file_unreadable"]);
      await rename(`${note}.away`, note);
      await bob.page.getByRole("button", { name: en.media.retry }).click();
      await alice.message("note.txt").waitFor();
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

scene(
  "messages that disappear do so on both sides, and only the leader sets how long they stay",
  async ({ person }) => {
    const [alice, bob] = [await person("alice"), await person("bob")];
    await alice.meet(bob, "short-lived");
    await bob.page.getByRole("button", { name: en.chat.lifetime.open }).click();
    assert.equal(await bob.page.getByRole("radio").first().isDisabled(), true);
    await bob.sees(en.chat.lifetime.leaderOnly);
    await alice.page.getByRole("button", { name: en.chat.lifetime.open }).click();
    await alice.page.getByRole("radio").nth(1).check();
    await bob.sees(/^Messages disappear after 1 minute/);
    // A minute is the least that the room offers; the protocol knows less.
    await alice.page
      .locator("qsec-room")
      .evaluate((room: HTMLElementTagNameMap["qsec-room"]) => room.session!.chat({ op: "expire", seconds: 4 }));
    await bob.sees(/^Messages disappear after 4 seconds/);
    for (const who of [alice, bob]) await who.say(`Gone soon, says ${who.person.name}`);
    for (const who of [alice, bob]) for (const name of ["alice", "bob"]) await who.reads(`Gone soon, says ${name}`);
    for (const who of [alice, bob])
      for (const name of ["alice", "bob"]) await who.message(`Gone soon, says ${name}`).waitFor({ state: "detached" });
  },
);

scene("what is written while the link is down waits with a mark, and arrives once and in order", async ({ person }) => {
  const [alice, bob] = [await person("alice"), await person("bob")];
  const wire = await Wire.of(bob.page);
  await alice.meet(bob, "tunnel");
  await wire.cut();
  await bob.sees(en.connection.reconnecting);
  for (const text of ["First", "Second", "Third"]) await bob.say(text);
  await bob.message("Third").getByText(en.chat.mark.sending).waitFor({ state: "attached" });
  wire.restore();
  await alice.reads("Third");
  const texts = await alice.page
    .getByRole("log")
    .getByText(/^(First|Second|Third)$/)
    .allInnerTexts();
  assert.deepEqual(texts, ["First", "Second", "Third"]);
  await bob.message("Third").getByText(en.chat.mark.read("alice")).waitFor({ state: "attached" });
});
