import assert from "node:assert/strict";
import { test } from "node:test";
import { isFetchedUnasked, mediaKindOf, sizeText } from "./media-kind.js";

test("only what is known to be harmless is shown; SVG, HTML and all else is a download", () => {
  assert.deepEqual(["image/png", "AUDIO/WEBM;codecs=opus", "video/mp4"].map(mediaKindOf), ["image", "audio", "video"]);
  for (const mime of ["image/svg+xml", "text/html", "application/pdf", "", "image", "image/", "constructor"])
    assert.equal(mediaKindOf(mime), "other");
});

test("small pictures and sounds come by themselves, videos and large files when asked for", () => {
  assert.deepEqual(
    [isFetchedUnasked("image", 1e6), isFetchedUnasked("image", 1e9), isFetchedUnasked("video", 1)],
    [true, false, false],
  );
});

test("sizes are told in the unit that fits", () => {
  assert.deepEqual(
    [0, 1, 999, 1_500, 15_400_000, 2e12].map((bytes) => sizeText(bytes, "en")),
    ["0 bytes", "1 byte", "999 bytes", "1.5 kB", "15 MB", "2,000 GB"],
  );
});
