import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatLine, parseLine, printable } from "./tags.js";

test("every tag has its documented form", () => {
  assert.equal(
    formatLine("ROOM_CREATED", { expected: 2, leader: "alice", room: "testroom" }),
    "[ROOM_CREATED] room=testroom leader=alice expected=2",
  );
  assert.equal(formatLine("USER_JOIN", { room: "testroom", user: "bob" }), "[USER_JOIN] room=testroom user=bob");
  assert.equal(
    formatLine("ROOMKEY_ENCRYPTED", { to: "bob", method: "AES-GCM(session_hash)" }),
    "[ROOMKEY_ENCRYPTED] to=bob method=AES-GCM(session_hash)",
  );
  assert.equal(
    formatLine("PLAINTEXT_RELAYED", { sender: "alice", room: "testroom" }),
    "[PLAINTEXT_RELAYED] room=testroom sender=alice",
  );
  assert.equal(
    formatLine("FILE_STORED", { bytes: 99, parts: 2, room: "testroom", user: "bob" }),
    "[FILE_STORED] room=testroom user=bob parts=2 bytes=99",
  );
});

test("letters of any script stay as they are", () => {
  assert.equal(formatLine("KEY_DESTROYED", { user: "Zoë-Ελένη_陽子" }), "[KEY_DESTROYED] user=Zoë-Ελένη_陽子");
});

const FORGERIES: readonly (readonly [what: string, value: string, shown: string])[] = [
  ["a line break", "a\n[KEY_DESTROYED] user=bob", '"a\\u{a}[KEY_DESTROYED] user=bob"'],
  ["a carriage return", "a\rb", '"a\\u{d}b"'],
  ["a line separator", "a\u2028b\u2029c\u0085d", '"a\\u{2028}b\\u{2029}c\\u{85}d"'],
  ["a space and another field", "a user=b", '"a user=b"'],
  ["an odd space", "a\u00a0b\u3000c", '"a\\u{a0}b\\u{3000}c"'],
  ["quotes and backslashes", 'a" b\\', '"a\\" b\\\\"'],
  ["a terminal's escape", "\u001b[2Ja", '"\\u{1b}[2Ja"'],
  ["bidi and zero-width marks", "a\u202eb\u2066c\u200bd", '"a\\u{202e}b\\u{2066}c\\u{200b}d"'],
  [
    "a letter that shows nothing",
    "a\u3164b\u115f\uffa0\u2800\ufe0f",
    '"a\\u{3164}b\\u{115f}\\u{ffa0}\\u{2800}\\u{fe0f}"',
  ],
  ["half a character", "a\ud800", '"a\\u{d800}"'],
  ["nothing", "", '""'],
];

for (const [what, value, shown] of FORGERIES) {
  test(`${what} in a value cannot forge a line`, () => {
    assert.equal(formatLine("KEY_DESTROYED", { user: value }), `[KEY_DESTROYED] user=${shown}`);
  });
}

const NAMES = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom("[", "]", "=", '"', "\\", " ", "\n", "u", "{", "a", "}", "\u3164", "\ud800"),
    maxLength: 20,
  }),
);

test("whatever the names are, a line is one line that reads back as exactly these fields", () => {
  fc.assert(
    fc.property(NAMES, NAMES, (from, to) => {
      const line = formatLine("BB84_INIT", { from, to, length: 128 });
      assert.doesNotMatch(line, /[^\P{C}]|[^ \P{Z}]/u);
      const parsed = parseLine(line);
      assert.equal(parsed?.tag, "BB84_INIT");
      assert.deepEqual([...parsed.fields], [...Object.entries({ from, to, length: "128" })]);
    }),
  );
});

for (const line of [
  "",
  "hello",
  "[user_join] a=b",
  "[USER_JOIN] user=bob  room=r",
  '[USER_JOIN] user="bob',
  "[USER_JOIN] user=a user=b",
]) {
  test(`"${line}" is no line of the log`, () => assert.equal(parseLine(line), undefined));
}

test("what could control a terminal is shown as its number", () => {
  assert.equal(printable("a\u001b[2J\u202eb\u2028\u3164 \u{1f600}"), "a\\u{1b}[2J\\u{202e}b\\u{2028}\u3164 \u{1f600}");
});
