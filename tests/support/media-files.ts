import type { RoomPage } from "./room-page.js";

/** Two seconds of a tone, 8 kHz, 8 bits, one channel. */
export function tone(): Buffer {
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
export async function landscape({ page }: RoomPage, size: readonly [number, number]): Promise<Buffer> {
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
export async function film({ page }: RoomPage): Promise<Buffer> {
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
