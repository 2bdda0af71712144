import assert from "node:assert/strict";
import { test } from "node:test";
import { shownMedia } from "./shown-media.js";

const begins = (text: string): Blob => new Blob([Uint8Array.from(text, (byte) => byte.charCodeAt(0))]);

test("a sound or film is played when its first bytes are of a recording", async () => {
  for (const head of [
    "RIFF\0\0\0\0",
    "OggS",
    "fLaC",
    "\x1aE\xdf\xa3",
    "\0\0\0\x20ftyp",
    "ID3\x04",
    "\xff\xfb\x90\0",
    "\xff\xf1P\x80",
  ])
    assert.equal((await shownMedia(begins(head), "audio")).kind, "audio", head);
});

test("what begins like no recording is something to save, of a type that no browser opens", async () => {
  for (const head of ["", "#EXTM3U", "<svg>", "\xef\xbb\xbf#EXTM3U", " RIFF", "\xff\x1f", "[playlist]", "<?xml"]) {
    const { kind, blob } = await shownMedia(begins(head), "video");
    assert.deepEqual([kind, blob.type], ["other", "application/octet-stream"], head);
  }
});
