import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { en } from "../packages/widget/src/locale/en.js";
import { film, landscape, tone } from "./support/media-files.js";
import type { RoomPage } from "./support/room-page.js";
import { scene } from "./support/scene.js";

scene("pictures, sounds, films, other files and voices arrive whole, both ways", async ({ person }) => {
  const [alice, bob] = [await person("alice"), await person("bob")];
  await alice.meet(bob, "files");
  const [picture, sound, movie] = [await landscape(alice, [300, 200]), tone(), await film(alice)];
  const other = Buffer.from("%PDF-1.7 and some bytes \0\xff", "latin1");
  const kinds = [
    ["river.png", "image/png", picture],
    ["bells.wav", "audio/wav", sound],
    ["weir.webm", "video/webm", movie],
    ["agenda.pdf", "application/pdf", other],
  ] as const;
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ]) {
    const prefix = from.person.name;
    for (const [name, mimeType, buffer] of kinds) await from.attach({ name: `${prefix}-${name}`, mimeType, buffer });
    await from.say(`All of them from ${prefix}`);
    await to.reads(`All of them from ${prefix}`);

    const image = to.message(`${prefix}-river.png`).getByRole("button", { name: en.media.open(`${prefix}-river.png`) });
    assert.deepEqual(await sizeOf(image.getByRole("img")), [300, 200]);
    await plays(to, `${prefix}-bells.wav`, 2);
    await to.page.getByRole("button", { name: en.media.show(`${prefix}-weir.webm`) }).click();
    await plays(to, `${prefix}-weir.webm`);
    await to.page.getByRole("button", { name: en.media.downloadOf(`${prefix}-agenda.pdf`) }).click();
    for (const [name, , buffer] of kinds) {
      assert.deepEqual(await saved(to, `${prefix}-${name}`), buffer, name);
    }

    await from.page.getByRole("button", { name: en.composer.voice }).click();
    await from.sees(en.media.voice.recording);
    // The microphone of the test beeps once a second.
    await from.page.getByText("0:01", { exact: true }).waitFor();
    await from.page.getByRole("button", { name: en.media.voice.stop }).click();
    await from.page.getByRole("button", { name: en.media.voice.send }).click();
    const voice = `${en.media.voice.fileName}.webm`;
    await plays(to, voice);
    assert.ok((await saved(to, voice)).length > 1_000, "a second of sound");
  }
});

async function sizeOf(image: ReturnType<RoomPage["message"]>): Promise<[number, number]> {
  return image.evaluate(async (img: HTMLImageElement) => {
    await img.decode();
    return [img.naturalWidth, img.naturalHeight];
  });
}

/** Plays what is in a message until it has moved. @param length seconds, where the file says so */
async function plays(who: RoomPage, name: string, length?: number): Promise<void> {
  const media = who.message(name).locator("audio, video");
  const told = await media.evaluate(async (element: HTMLMediaElement) => {
    element.muted = true;
    await element.play();
    if (element.currentTime === 0)
      await new Promise((moved) => element.addEventListener("timeupdate", () => element.currentTime > 0 && moved(0)));
    element.pause();
    return element.duration;
  });
  if (length !== undefined) assert.equal(told, length);
}

/** What *Save* gives. */
async function saved(who: RoomPage, name: string): Promise<Buffer> {
  const download = who.page.waitForEvent("download");
  await who
    .message(name)
    .getByRole("link", { name: en.media.saveAs(name) })
    .click();
  const file = await download;
  assert.equal(file.suggestedFilename(), name);
  return readFile(await file.path());
}
