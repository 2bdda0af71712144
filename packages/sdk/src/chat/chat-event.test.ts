import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { throwsCode } from "../testing/throws.js";
import { toBase64url } from "../wire/base64url.js";
import { fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { BODY_MAX } from "../wire/limits.js";
import { decodeChatEvent, encodeChatEvent, RECEIPT_STATES, type ChatEvent } from "./chat-event.js";

const [alice, bob] = [1, 2].map((byte) => toBase64url(new Uint8Array(32).fill(byte)));
const ref = { id: alice, epoch: 1, seq: 7 };
const body = (fields: object) => utf8(JSON.stringify({ v: 1, ...fields }));

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
/** Objects as people write them: `deepEqual` tells those without a prototype apart. */
const plain = { noNullPrototype: true };
const refs = fc.record({ id: fc.constantFrom(alice), epoch: u32, seq: u32 }, plain);
const text = fc.string({ unit: "grapheme", maxLength: 200 });
const events: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ op: fc.constant("reply" as const), ref: refs, text }, plain),
  fc.record(
    {
      op: fc.constant("react" as const),
      ref: refs,
      emoji: text.filter((emoji) => utf8(emoji).length <= 64),
    },
    plain,
  ),
  fc.record({ op: fc.constant("edit" as const), ref: refs, text }, plain),
  fc.record({ op: fc.constant("delete" as const), ref: refs }, plain),
  fc.record({ op: fc.constant("typing" as const), on: fc.boolean() }, plain),
  fc.record({ op: fc.constant("receipt" as const), ref: refs, state: fc.constantFrom(...RECEIPT_STATES) }, plain),
  fc.record(
    { op: fc.constant("expire" as const), ref: refs, seconds: fc.integer({ min: 0, max: 31_536_000 }) },
    { ...plain, requiredKeys: ["op", "seconds"] },
  ),
);

describe("a chat event", () => {
  it("is byte for byte that of the protocol's vector", () => {
    const vector = PROTOCOL_VECTORS.epoch.event_body;
    const event = decodeChatEvent(utf8(vector), bob)!;
    assert.equal(event.op, "react");
    assert.equal(fromUtf8(encodeChatEvent(event)), vector);
  });

  it("decodes to what was encoded, whatever the order of its fields", () => {
    fc.assert(
      fc.property(events, (event) => {
        const reversed = Object.fromEntries(Object.entries(event).reverse()) as unknown as ChatEvent;
        assert.deepEqual(decodeChatEvent(encodeChatEvent(reversed), alice), event);
        assert.deepEqual(encodeChatEvent(reversed), encodeChatEvent(event));
      }),
    );
  });

  it("that is any JSON or any bytes at all is read, ignored or refused with a QsecError", () => {
    const ops = ["reply", "react", "edit", "delete", "typing", "receipt", "expire", "__proto__", "toString", "x"];
    const almost = fc.record(
      {
        v: fc.constantFrom<unknown>(1, 2, "1"),
        op: fc.constantFrom<unknown>(...ops, 1),
        ref: fc.oneof(refs, fc.jsonValue(), fc.record({ id: fc.jsonValue(), epoch: fc.jsonValue(), seq: u32 })),
        text: fc.jsonValue(),
        emoji: fc.jsonValue(),
        on: fc.jsonValue(),
        state: fc.jsonValue(),
        seconds: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(
      almost.map((fields) => utf8(JSON.stringify(fields))),
      fc.json().map(utf8),
      fc.uint8Array(),
    );
    fc.assert(
      fc.property(bodies, (bytes) => {
        try {
          const event = decodeChatEvent(bytes, alice);
          if (event !== null) assert.deepEqual(decodeChatEvent(encodeChatEvent(event), alice), event);
        } catch (error) {
          assert.ok(error instanceof QsecError && ["DECODE", "NOT_OWN"].includes(error.code), String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("of an unknown operation is ignored, also if it is named after something of Object.prototype", () => {
    for (const op of ["poll", "", "toString", "__proto__", "constructor", "hasOwnProperty"])
      assert.equal(decodeChatEvent(body({ op }), alice), null);
  });

  it("loses fields that its operation does not have, and puts nothing on a prototype", () => {
    const json =
      '{"v":1,"op":"delete","ref":{"id":"ID","epoch":1,"seq":7,"extra":1},"__proto__":{"polluted":1},"text":"x"}';
    const event = decodeChatEvent(utf8(json.replace("ID", alice)), alice);
    assert.deepEqual(event, { op: "delete", ref });
    assert.equal(Object.getPrototypeOf(event), Object.prototype);
    assert.equal((event as unknown as { polluted?: number }).polluted, undefined);
    // A field that is there by inheritance only is not there.
    const inherited = Object.create({ ref }) as ChatEvent;
    throwsCode("bad_option", () => encodeChatEvent(Object.assign(inherited, { op: "delete" })));
  });

  it("that edits, deletes or lets expire another member's message is refused, and everything else is not", () => {
    for (const fields of [
      { op: "edit", ref, text: "x" },
      { op: "delete", ref },
      { op: "expire", ref, seconds: 5 },
    ]) {
      throwsCode("NOT_OWN", () => decodeChatEvent(body(fields), bob));
      assert.equal(decodeChatEvent(body(fields), alice)?.op, fields.op);
    }
    for (const fields of [
      { op: "reply", ref, text: "x" },
      { op: "react", ref, emoji: "" },
      { op: "receipt", ref, state: "read" },
      { op: "expire", seconds: 5 },
    ])
      assert.equal(decodeChatEvent(body(fields), bob)?.op, fields.op);
  });

  it("with a field that is missing, of another type or out of range is refused, both ways", () => {
    const wrong = [
      { op: "reply", ref },
      { op: "reply", text: "x" },
      { op: "reply", ref: null, text: "x" },
      { op: "reply", ref: [ref], text: "x" },
      { op: "reply", ref, text: "\ud800" },
      { op: "reply", ref: { ...ref, id: `${alice}A` }, text: "x" },
      { op: "reply", ref: { ...ref, id: `${alice.slice(0, 42)}B` }, text: "x" },
      { op: "reply", ref: { ...ref, seq: -1 }, text: "x" },
      { op: "reply", ref: { ...ref, seq: 1.5 }, text: "x" },
      { op: "reply", ref: { ...ref, epoch: 2 ** 32 }, text: "x" },
      { op: "reply", ref: { ...ref, epoch: "1" }, text: "x" },
      { op: "react", ref, emoji: "é".repeat(32) + "x" },
      { op: "react", ref, emoji: 1 },
      { op: "typing", on: 1 },
      { op: "receipt", ref, state: "seen" },
      { op: "expire", seconds: 31_536_001 },
      { op: "expire", seconds: null },
      { op: "expire", ref: null, seconds: 1 },
    ];
    for (const fields of wrong) {
      throwsCode("DECODE", () => decodeChatEvent(body(fields), alice));
      throwsCode("bad_option", () => encodeChatEvent(fields as unknown as ChatEvent));
    }
    for (const notAnEvent of [null, "delete", [], { op: "poll" }, { op: "toString" }])
      throwsCode("bad_option", () => encodeChatEvent(notAnEvent as unknown as ChatEvent));
  });

  it("of another version, that is not an object, or not UTF-8 is refused without quoting it", () => {
    for (const text of ["", "null", "[]", '"v"', '{"op":"typing","on":true}', '{"v":2,"op":"poll"}', "{'secret'"])
      throwsCode("DECODE", () => decodeChatEvent(utf8(text), alice));
    throwsCode("DECODE", () => decodeChatEvent(Uint8Array.of(0xff), alice));
    try {
      decodeChatEvent(utf8("a secret word"), alice);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof QsecError && error.cause === undefined && !error.message.includes("secret"));
    }
  });

  it("has at most as many bytes as any other message", () => {
    const reply = (length: number): ChatEvent => ({ op: "reply", ref, text: "x".repeat(length) });
    const rest = encodeChatEvent(reply(0)).length;
    const longest = encodeChatEvent(reply(BODY_MAX - rest));
    assert.equal(longest.length, BODY_MAX);
    assert.equal(decodeChatEvent(longest, bob)?.op, "reply");
    throwsCode("message_too_large", () => encodeChatEvent(reply(BODY_MAX - rest + 1)));
    throwsCode("DECODE", () => decodeChatEvent(new Uint8Array(BODY_MAX + 1).fill(0x20), bob));
    throwsCode("DECODE", () => decodeChatEvent(utf8("[".repeat(BODY_MAX)), bob));
  });

  it("takes a zero that JSON writes with a sign for zero", () => {
    const event = decodeChatEvent(utf8('{"v":1,"op":"expire","seconds":-0}'), bob);
    assert.deepEqual(event, { op: "expire", seconds: 0 });
  });
});
