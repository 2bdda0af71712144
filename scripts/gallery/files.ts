import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { en } from "../../packages/widget/src/locale/en.js";
import { film, landscape, tone } from "../../tests/support/media-files.js";
import type { RoomPage } from "../../tests/support/room-page.js";
import { Wire } from "../../tests/support/wire.js";
import type { Studio } from "./studio.js";

/** Pictures, sounds, films and other files, on their way and afterwards. */
export async function files(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "pictures");
  const bob = await studio.guest("bob", invite);
  await Promise.all([alice.secured(), bob.secured()]);
  const sends = async (who: RoomPage, name: string, mimeType: string, buffer: Buffer): Promise<void> => {
    await who.attach({ name, mimeType, buffer });
    await who.send.click();
    for (const each of [alice, bob]) await each.page.getByRole("log").getByText(name).last().waitFor();
  };
  await sends(alice, "the river in the evening.png", "image/png", await landscape(alice, [1200, 700]));
  await sends(bob, "a-portrait.png", "image/png", await landscape(bob, [500, 1100]));
  await studio.draw(alice, "pictures");
  await sends(bob, "the-bells-of-the-old-church-on-the-hill-at-noon.wav", "audio/wav", tone());
  await sends(alice, "agenda.pdf", "application/pdf", Buffer.alloc(48_000, "qsec"));
  await sends(bob, "drawing.svg", "image/svg+xml", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  await sends(alice, "weir.webm", "video/webm", await film(alice));
  await bob.page.getByRole("button", { name: en.media.show("weir.webm") }).click();
  await bob.page.getByRole("log").locator("video").waitFor();
  await studio.draw(bob, "files");
  await bob.attach({ name: "a-list.txt", mimeType: "text/plain", buffer: Buffer.from("boots") });
  await studio.draw(bob, "attached");
  await bob.page.getByRole("log").evaluate((log) => (log.scrollTop = 0));
  await bob.sees(en.chat.latest);
  await bob.page
    .getByRole("log")
    .getByRole("button", { name: en.media.open("a-portrait.png") })
    .click();
  await studio.draw(bob, "picture-open");
}

/** A voice message, and a microphone that is refused. */
export async function voice(studio: Studio): Promise<void> {
  const [alice, bob] = await studio.pair("voices");
  await alice.page.getByRole("button", { name: en.composer.voice }).click();
  await alice.sees(en.media.voice.recording);
  await studio.draw(alice, "recording");
  await alice.page.getByRole("button", { name: en.media.voice.stop }).click();
  await alice.page.getByRole("button", { name: en.media.voice.send }).waitFor();
  await studio.draw(alice, "recorded");
  await alice.page.getByRole("button", { name: en.media.voice.send }).click();
  await bob.page.getByRole("log").locator("audio").waitFor();
  await bob.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await bob.page.getByRole("button", { name: en.composer.voice }).click();
  await bob.sees(en.media.voice.refused.denied);
  await studio.draw(bob, "microphone-refused");
}

/** A large file over a slow link, and one that is too large. */
export async function largeFiles(studio: Studio): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-gallery-"));
  try {
    const [alice, invite] = await studio.host("alice", "large-files");
    const bob = await studio.person("bob");
    const wire = await Wire.of(bob.page);
    await bob.visit(invite);
    await bob.giveName();
    await Promise.all([alice.secured(), bob.secured()]);
    const [large, huge] = [join(folder, "recording-of-the-concert.flac"), join(folder, "everything.iso")];
    await writeFile(large, Buffer.alloc(3_000_000, "qsec"));
    await writeFile(huge, "");
    await truncate(huge, 60_000_000);
    wire.pause = 120;
    await bob.attach(large);
    await bob.send.click();
    await bob.page.getByRole("progressbar").waitFor();
    wire.hold();
    await studio.draw(bob, "sending-file");
    wire.release();
    await alice.page.getByRole("log").getByText("recording-of-the-concert.flac").last().waitFor();
    await bob.attach(huge);
    await bob.send.click();
    await bob.sees(en.media.failure["file_too_large"]);
    await studio.draw(bob, "file-too-large");
  } finally {
    await rm(folder, { recursive: true });
  }
}
