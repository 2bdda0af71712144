import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { en } from "../../packages/widget/src/locale/en.js";
import type { RoomPage } from "../../tests/support/room-page.js";
import type { Studio } from "./studio.js";
import { Wire } from "./wire.js";

/** Two seconds of a tone, 8 kHz, 8 bits, one channel. */
function tone(): Buffer {
  const samples = Buffer.from(Uint8Array.from({ length: 16_000 }, (_, i) => 128 + 60 * Math.sin(i / 3)));
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A landscape, drawn in the page. @param size width and height */
async function landscape({ page }: RoomPage, size: readonly [number, number]): Promise<Buffer> {
  const url = await page.evaluate(([width, height]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d")!;
    const sky = pen.createLinearGradient(0, 0, 0, height);
    for (const [at, colour] of [
      [0, "#33658a"],
      [0.6, "#f6ae2d"],
      [1, "#f26419"],
    ] as const)
      sky.addColorStop(at, colour);
    pen.fillStyle = sky;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = "#2f4858";
    pen.beginPath();
    pen.moveTo(0, height);
    for (let x = 0; x <= width; x += 4) pen.lineTo(x, height * (0.75 + 0.12 * Math.sin((x / width) * 9)));
    pen.lineTo(width, height);
    pen.fill();
    return canvas.toDataURL("image/png");
  }, size);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** Half a second of film, recorded in the page. */
async function film({ page }: RoomPage): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const pen = canvas.getContext("2d")!;
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 10; frame++) {
      pen.fillStyle = `hsl(${180 + frame * 8} 50% 40%)`;
      pen.fillRect(0, 0, 320, 180);
      await new Promise((done) => setTimeout(done, 50));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return Buffer.from(base64, "base64");
}

/** Pictures, sounds, films and other files, on their way and afterwards. */
export async function files(studio: Studio): Promise<void> {
  const [alice, invite] = await studio.host("alice", "pictures");
  const bob = await studio.guest("bob", invite);
  await Promise.all([alice.secured(), bob.secured()]);
  const attach = (who: RoomPage, name: string, mimeType: string, buffer: Buffer) =>
    who.page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });
  const sends = async (who: RoomPage, name: string, mimeType: string, buffer: Buffer): Promise<void> => {
    await attach(who, name, mimeType, buffer);
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
  await attach(bob, "a-list.txt", "text/plain", Buffer.from("boots"));
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
    await bob.page.locator("input[type=file]").setInputFiles(large);
    await bob.send.click();
    await bob.page.getByRole("progressbar").waitFor();
    wire.hold();
    await studio.draw(bob, "sending-file");
    wire.release();
    await alice.page.getByRole("log").getByText("recording-of-the-concert.flac").last().waitFor();
    await bob.page.locator("input[type=file]").setInputFiles(huge);
    await bob.send.click();
    await bob.sees(en.media.failure["file_too_large"]);
    await studio.draw(bob, "file-too-large");
  } finally {
    await rm(folder, { recursive: true });
  }
}
