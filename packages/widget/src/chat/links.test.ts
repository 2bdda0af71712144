import assert from "node:assert/strict";
import { test } from "node:test";
import { linkPieces } from "./links.js";

const hrefs = (text: string): string[] =>
  linkPieces(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));
const shown = (text: string): string =>
  linkPieces(text)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");

test("http and https addresses become links and nothing of the text is lost", () => {
  const text = "see https://a.example/x?y=1#z and http://b.example, then more";
  assert.deepEqual(hrefs(text), ["https://a.example/x?y=1#z", "http://b.example/"]);
  assert.equal(shown(text), text);
});

test("no other scheme becomes a link", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://a.example",
    "vbscript:x",
    "https:evil",
  ])
    assert.deepEqual(hrefs(text), []);
  assert.deepEqual(hrefs("javascript:https://a.example"), ["https://a.example/"]);
});

test("punctuation of the sentence is not part of the address", () => {
  assert.deepEqual(hrefs("(see https://a.example/x)."), ["https://a.example/x"]);
  assert.deepEqual(hrefs("https://a.example/wiki/Set_(mathematics)"), ["https://a.example/wiki/Set_(mathematics)"]);
  assert.deepEqual(hrefs("really https://a.example?!"), ["https://a.example/"]);
});

test("an address with a user part is left as text, because it looks like another one", () => {
  assert.deepEqual(hrefs("https://bank.example@evil.example/"), []);
});

test("direction marks and quotes end an address", () => {
  assert.deepEqual(hrefs("https://a.example/\u202egnp.exe"), ["https://a.example/"]);
  assert.deepEqual(hrefs('"https://a.example/"<b>'), ["https://a.example/"]);
});

test("a text without links is one piece, also when it is empty", () => {
  assert.deepEqual(linkPieces("hello"), ["hello"]);
  assert.deepEqual(linkPieces(""), [""]);
  assert.deepEqual(linkPieces("https://"), ["https://"]);
});

test("an address whose host looks like another one says what it is", () => {
  assert.equal(shown("at https://аpple.com/x now"), "at https://аpple.com/x (xn--pple-43d.com) now");
  assert.equal(shown("https://xn--pple-43d.com"), "https://xn--pple-43d.com");
});

test("a run of brackets as long as a message may be is looked through once", () => {
  assert.equal(shown(`https://a.example/${")".repeat(65_000)}`).length, 18 + 65_000);
});
