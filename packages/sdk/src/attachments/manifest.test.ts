import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { fromUtf8, utf8 } from "../wire/bytes.js";
import { cleanFileName, FILE_NAME_MAX } from "./file-name.js";
import { FILE_BYTES_MAX } from "./layout.js";
import { cleanMime, decodeManifest, encodeManifest, type FileManifest } from "./manifest.js";

const MANIFEST: FileManifest = {
  blob: new Uint8Array(16).fill(1),
  key: new Uint8Array(32).fill(2),
  digest: new Uint8Array(32).fill(3),
  size: 5,
  name: "cat.png",
  mime: "image/png",
};
const PICTURED: FileManifest = { ...MANIFEST, thumb: new Uint8Array(16_384).fill(4) };

const fieldsOf = (manifest: FileManifest) => JSON.parse(fromUtf8(encodeManifest(manifest))) as Record<string, unknown>;
const decode = (fields: unknown) => decodeManifest(utf8(JSON.stringify(fields)));

describe("the message about a file", () => {
  it("comes back as it was, with and without a picture", () => {
    for (const manifest of [MANIFEST, PICTURED]) assert.deepEqual(decodeManifest(encodeManifest(manifest)), manifest);
  });

  it("has the documented fields in their order", () => {
    const json = fromUtf8(encodeManifest({ ...MANIFEST, size: 0 }));
    const [zero, two, three] = ["AQEBAQEBAQEBAQEBAQEBAQ", `${"Ag".padEnd(42, "ICAg")}I`, `${"Aw".padEnd(42, "MDAw")}M`];
    assert.equal(
      json,
      `{"v":1,"blob":"${zero}","key":"${two}","digest":"${three}","size":0,"name":"cat.png","mime":"image/png"}`,
    );
  });

  it("ignores unknown fields, and those of a prototype", () => {
    assert.deepEqual(decode({ ...fieldsOf(MANIFEST), extra: { deep: [1] } }), MANIFEST);
    const rest = JSON.stringify({ ...fieldsOf(MANIFEST), v: undefined });
    throwsCode("DECODE", () => decodeManifest(utf8(rest.replace("{", '{"__proto__":{"v":1},'))));
  });

  const bad: readonly (readonly [what: string, fields: object])[] = [
    ["another version", { v: 2 }],
    ["no blob", { blob: undefined }],
    ["a blob id that is too short", { blob: "AQEB" }],
    ["a key with spare bits", { key: `${"A".repeat(42)}B` }],
    ["a key with padding", { key: `${"A".repeat(43)}=` }],
    ["a digest that is a list", { digest: [1, 2, 3] }],
    ["a negative size", { size: -1 }],
    ["half a byte", { size: 1.5 }],
    ["a size in text", { size: "5" }],
    ["a size beyond all files", { size: FILE_BYTES_MAX + 1 }],
    ["a name that is an object", { name: {} }],
    ["a name as long as a book", { name: "x".repeat(2_000) }],
    ["a media type with a parameter", { mime: "text/html;charset=utf-8" }],
    ["a media type that is none", { mime: "png" }],
    ["a picture that is too large", { thumb: "A".repeat(21_848) }],
    ["a picture that is nothing", { thumb: "" }],
    ["a picture that is null", { thumb: null }],
  ];
  for (const [what, fields] of bad) {
    it(`refuses ${what}`, () => {
      throwsCode("DECODE", () => decode({ ...fieldsOf(MANIFEST), ...fields }));
    });
  }

  it("refuses what is no JSON object, without quoting it", () => {
    for (const text of ["", "null", "[]", '"x"', "{", "\ufeff{}"])
      throwsCode("DECODE", () => decodeManifest(utf8(text)));
    throwsCode("DECODE", () => decodeManifest(new Uint8Array([0x7b, 0xff, 0x7d])));
    assert.throws(
      () => decodeManifest(utf8('{"key":"SECRET"')),
      (error) => (error as Error).cause === undefined && !(error as Error).message.includes("SECRET"),
    );
  });

  it("is not made of what no receiver would take", () => {
    throwsCode("bad_option", () => encodeManifest({ ...MANIFEST, key: new Uint8Array(31) }));
    throwsCode("bad_option", () => encodeManifest({ ...MANIFEST, thumb: new Uint8Array(16_385) }));
    throwsCode("bad_option", () => encodeManifest({ ...MANIFEST, mime: "" }));
    throwsCode("bad_option", () => encodeManifest({ ...MANIFEST, size: FILE_BYTES_MAX + 1 }));
  });

  it("takes from a browser's media type what may travel", () => {
    assert.equal(cleanMime("text/plain; charset=UTF-8"), "text/plain");
    assert.equal(cleanMime("Image/PNG"), "image/png");
    for (const type of ["", "png", "a/b/c", "a/b\n"])
      assert.match(cleanMime(type), /^(application\/octet-stream|a\/b)$/);
  });
});

describe("the name of a file", () => {
  const names: readonly (readonly [given: string, clean: string])[] = [
    ["cat.png", "cat.png"],
    ["Bericht 陽子 ü.pdf", "Bericht 陽子 ü.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\x\\evil.exe", "evil.exe"],
    ["a\u202egnp.exe", "agnp.exe"],
    ["a\u0000b\nc\u001b[2J.txt", "abc[2J.txt"],
    ["inv\u200bis\u2066ible\ufeff.txt", "invisible.txt"],
    ["photo.png\u3164\u2800\u115f\ufe0f.exe", "photo.png.exe"],
    [".bashrc", "bashrc"],
    ["..", "file"],
    ["", "file"],
    ["x/", "file"],
    ["dots...", "dots"],
    ["con.txt", "_con.txt"],
    ['a<b>"c|d?*:.txt', "a_b__c_d___.txt"],
    ["half\ud800.txt", "half.txt"],
    ["u\u0308.txt", "ü.txt"],
  ];
  for (const [given, clean] of names) {
    it(`${JSON.stringify(given)} becomes ${JSON.stringify(clean)}`, () => assert.equal(cleanFileName(given), clean));
  }

  it("is short, keeps its extension, and never changes when it is cleaned again", () => {
    assert.equal(cleanFileName(`${"x".repeat(500)}.jpeg`).length, FILE_NAME_MAX);
    assert.ok(cleanFileName(`${"x".repeat(500)}.jpeg`).endsWith(".jpeg"));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
        const clean = cleanFileName(name);
        assert.equal(cleanFileName(clean), clean);
        assert.ok(clean.length > 0 && clean.length <= FILE_NAME_MAX);
        assert.doesNotMatch(clean, /[/\\\p{C}]/u);
      }),
      { numRuns: 100 },
    );
  });
});
