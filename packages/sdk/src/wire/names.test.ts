import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { concat, utf8 } from "./bytes.js";
import { ROOM_NAME_MAX, USERNAME_BYTES_MAX } from "./limits.js";
import { checkRoomName, checkUsername, decodeName64, encodeName64, foldName } from "./names.js";

const letters = [..."abcXYZ019_-.äßéñжλ日本한אع"];
const username = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join("").normalize("NFC"))
  .filter((name) => utf8(name).length <= USERNAME_BYTES_MAX);

describe("a username", () => {
  test("may have letters and digits of any script and '_', '-', '.'", () => {
    for (const name of ["a", "bob", "Ada_L.-9", "Zoë", "李雷", "Ольга", "नेहा", "محمد", "x".repeat(63)]) {
      assert.equal(checkUsername(name), name.normalize("NFC"));
    }
  });

  test("is composed (NFC), so that one name has one spelling on the wire", () => {
    assert.equal(checkUsername("Zoe\u0308"), "Zo\u00eb");
  });

  test("is refused when it is empty, no text, or longer than 63 bytes", () => {
    for (const wrong of ["", null, undefined, 7, {}, ["bob"], "x".repeat(64), "ä".repeat(32), "😀"]) {
      throwsCode("bad_username", () => checkUsername(wrong));
    }
  });

  test("is refused with anything that is not seen or that changes what is seen around it", () => {
    const marks = [
      " ",
      "\t",
      "\n",
      "\0",
      "\u00a0",
      "\u00ad",
      "\u200b",
      "\u200d",
      "\u200e",
      "\u202e",
      "\u2066",
      "\u3000",
      "\ufeff",
      "\ud800",
      "\u034f",
      "\u115f",
      "\u3164",
      "\uffa0",
      "\ufe0f",
      "\u{e0101}",
    ];
    for (const mark of marks) throwsCode("bad_username", () => checkUsername(`a${mark}b`));
    for (const mark of ["<", ">", "&", '"', "'", "/", "\\", "@", "#", "=", "😀"])
      throwsCode("bad_username", () => checkUsername(`a${mark}b`));
    throwsCode("bad_username", () => checkUsername("\u0308a"));
  });

  test("is refused when its compatibility form has such a character, as one half has a slash", () => {
    for (const wrong of ["a\u00bd", "\ufdfa"]) throwsCode("bad_username", () => checkUsername(wrong));
  });

  test("has no more marks on one letter than any script needs", () => {
    for (const name of ["မျှော့်", "Z" + "\u0316".repeat(7)]) assert.equal(checkUsername(name), name.normalize("NFC"));
    for (const marks of [8, 20]) throwsCode("bad_username", () => checkUsername(`aZ${"\u0316".repeat(marks)}`));
  });

  test("is the same name as another when only case or width differ", () => {
    for (const [a, b] of [
      ["Alice", "alice"],
      ["Ａlice", "alice"],
      ["ZOË", "zoë"],
      ["ﬁn", "FIN"],
    ] as const)
      assert.equal(foldName(a), foldName(b));
    assert.notEqual(foldName("alice"), foldName("a1ice"));
    fc.assert(fc.property(username, (name) => assert.equal(foldName(foldName(name)), foldName(name))));
  });
});

describe("a name on the wire", () => {
  test("takes 64 bytes and comes back", () => {
    fc.assert(
      fc.property(username, (name) => {
        const encoded = encodeName64(name);
        assert.equal(encoded.length, 64);
        assert.equal(decodeName64(encoded), name);
      }),
    );
    assert.equal(decodeName64(encodeName64("x".repeat(63))), "x".repeat(63));
  });

  test("is refused with a wrong size, a wrong length byte or padding that is not zero", () => {
    const encoded = encodeName64("bob");
    const changed = (at: number, byte: number) => encoded.map((old, i) => (i === at ? byte : old));
    throwsCode("NAME", () => decodeName64(encoded.subarray(0, 63)));
    throwsCode("NAME", () => decodeName64(concat(encoded, Uint8Array.of(0))));
    throwsCode("NAME", () => decodeName64(new Uint8Array(0)));
    for (const length of [0, 2, 4, 64, 255]) throwsCode("NAME", () => decodeName64(changed(0, length)));
    for (let at = 4; at < 64; at++) throwsCode("NAME", () => decodeName64(changed(at, 1)));
  });

  test("is refused when its bytes are no UTF-8, not composed, or no username", () => {
    const raw = (...text: number[]) => concat(Uint8Array.of(text.length, ...text), new Uint8Array(63 - text.length));
    throwsCode("NAME", () => decodeName64(raw(0xff, 0xfe)));
    throwsCode("NAME", () => decodeName64(raw(0xc3)));
    throwsCode("NAME", () => decodeName64(raw(...utf8("Zoe\u0308"))));
    throwsCode("NAME", () => decodeName64(raw(...utf8("a b"))));
    throwsCode("NAME", () => decodeName64(raw(...utf8("\u202ebob"))));
    throwsCode("NAME", () => decodeName64(raw(...utf8("bob\0"))));
  });
});

describe("a room name", () => {
  test("may have plain letters, digits, '_', '-' and '.', up to 64 characters", () => {
    for (const name of ["a", "testroom", "Room_1.2-3", "...a", "x".repeat(ROOM_NAME_MAX)])
      assert.equal(checkRoomName(name), name);
  });

  test("is refused otherwise", () => {
    const wrong = [
      "",
      "x".repeat(65),
      "a b",
      "a/b",
      "../a",
      ".",
      "..",
      "....",
      "ä",
      "a\n",
      "a?b",
      "a#b",
      "a%20b",
      "日本",
      null,
      undefined,
      3,
      ["a"],
      {},
    ];
    for (const name of wrong) throwsCode("bad_room", () => checkRoomName(name));
  });
});
