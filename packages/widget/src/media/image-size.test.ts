import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { imageSizeOf } from "./image-size.js";

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const PNG = (width: number, height: number): Uint8Array =>
  Uint8Array.from([0x89, ...ascii("PNG\r\n\x1a\n"), ...u32(13), ...ascii("IHDR"), ...u32(width), ...u32(height)]);
const GIF = Uint8Array.from([...ascii("GIF89a"), 3, 0, 2, 0]);
const JPEG = Uint8Array.from([...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1], ...[0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 0, 0]]);
const WEBP = Uint8Array.from([
  ...[...ascii("RIFF"), 0, 0, 0, 0, ...ascii("WEBPVP8X"), 10, 0, 0, 0, 0, 0, 0, 0],
  ...[99, 0, 0, 49, 0, 0],
]);

test("width, height and kind are read from the bytes themselves", () => {
  assert.deepEqual(imageSizeOf(PNG(640, 480)), { mime: "image/png", width: 640, height: 480 });
  assert.deepEqual(imageSizeOf(GIF), { mime: "image/gif", width: 3, height: 2 });
  assert.deepEqual(imageSizeOf(JPEG), { mime: "image/jpeg", width: 30, height: 20 });
  assert.deepEqual(imageSizeOf(WEBP), { mime: "image/webp", width: 100, height: 50 });
});

test("a picture that would take gigabytes when it is decoded is not shown", () => {
  assert.equal(imageSizeOf(PNG(30_000, 30_000)), null);
  assert.equal(imageSizeOf(PNG(100_000, 10)), null);
  assert.equal(imageSizeOf(PNG(0, 10)), null);
});

test("what a decoder passes over does not lead to another size than the one it draws", () => {
  const skipped = [0xff, 0x01, 0xff, 0xd3, 0xff, 0xff];
  const head = [0xff, 0xd8, ...skipped, 0xe0, 0, 4, 1, 1];
  const frame = (width: number, height: number) => [0xff, 0xc0, 0, 11, 8, 0, height, 0, width, 0, 0];
  const size = imageSizeOf(Uint8Array.from([...head, ...frame(30, 20), ...frame(1, 1)]));
  assert.deepEqual(size, { mime: "image/jpeg", width: 30, height: 20 });
  assert.equal(imageSizeOf(Uint8Array.from([0xff, 0xd8, 0xff, 0, 0, 2, ...frame(1, 1)])), null);

  const ispe = (width: number, height: number) => [
    ...u32(20),
    ...ascii("ispe"),
    ...u32(0),
    ...u32(width),
    ...u32(height),
  ];
  const box = (type: string, content: readonly number[]) => [...u32(8 + content.length), ...ascii(type), ...content];
  const avif = (...boxes: number[][]) => Uint8Array.from([...box("ftyp", ascii("avif")), ...boxes.flat()]);
  const meta = (width: number, height: number) =>
    box("meta", [...Array<number>(5_000).fill(0), ...ispe(width, height)]);
  assert.deepEqual(imageSizeOf(avif(meta(640, 480))), { mime: "image/avif", width: 640, height: 480 });
  assert.equal(imageSizeOf(avif(meta(30_000, 30_000))), null);
  assert.equal(imageSizeOf(avif(box("free", ispe(1, 1)), meta(30_000, 30_000))), null);
});

test("SVG, HTML, and what is cut short are no pictures", () => {
  for (const bytes of [ascii('<svg xmlns="http://www.w3.org/2000/svg">'), ascii("<!doctype html>"), [], [0xff, 0xd8]])
    assert.equal(imageSizeOf(Uint8Array.from(bytes)), null);
  for (const whole of [PNG(1, 1), GIF, WEBP]) assert.equal(imageSizeOf(whole.subarray(0, 7)), null);
});

test("no bytes make it throw or claim more than may be shown", () => {
  const heads = fc.constantFrom(PNG(1, 1), GIF, JPEG, WEBP, Uint8Array.from([0, 0, 0, 1, ...ascii("ftypavif")]));
  fc.assert(
    fc.property(heads, fc.nat({ max: 30 }), fc.uint8Array({ maxLength: 60 }), (head, keep, rest) => {
      const size = imageSizeOf(Uint8Array.from([...head.subarray(0, keep), ...rest]));
      assert.ok(size === null || size.width * size.height <= 64 * 2 ** 20);
    }),
  );
});
