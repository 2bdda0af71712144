import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { toBase64url } from "./base64url.js";
import { QsecError, RELAY_ERROR_CODES } from "./errors.js";
import * as schemas from "./schemas.js";

const id = (fill: number) => toBase64url(new Uint8Array(32).fill(fill));
const ALICE = id(1);
const BOB = id(2);
const JOIN = { version: 1, room: "testroom", username: "bob", id: BOB, expected: 2 };
const MEMBER = { id: ALICE, username: "alice", online: true };
const USER_LIST = { members: [MEMBER, { id: BOB, username: "bob", online: false }], leader: ALICE, expected: 2 };
const WELCOME = { ok: true, ...USER_LIST, room: "testroom", resume: "token", resumed: false, recovered: false };
const RING = { epoch: "JYT4VJv8AhUJ6kDY", seq: 12 };
const PARSE_FRAME = (value: unknown) => schemas.parseFrame(value, 300);

/** Each parser with a value that it takes as it is. */
const PARSERS: readonly (readonly [parse: (value: unknown) => unknown, example: object])[] = [
  [schemas.parseJoinRequest, JOIN],
  [schemas.parseJoinRequest, { ...JOIN, resume: "token" }],
  [schemas.parseJoinRequest, { ...JOIN, plaintext: true }],
  [schemas.parseJoinRequest, { ...JOIN, resume: "token", ring: RING }],
  [schemas.parseTo, { to: BOB }],
  [schemas.parseOptionalTo, { to: BOB }],
  [schemas.parseOptionalTo, {}],
  [schemas.parseFrom, { from: ALICE }],
  [schemas.parseFrom, { from: ALICE, seq: 7 }],
  [schemas.parseBB84Meta, { to: BOB, matched: 65_536 }],
  [schemas.parseBB84Session, { to: BOB, code: 19, qber_ppm: 1_000_000 }],
  [schemas.parseRoomKeyGenerated, { size: 32, kc: id(9) }],
  [schemas.parseRoomKeyDecrypted, { size: 32 }],
  [schemas.parseMessageDecrypted, { iv: 12 }],
  [schemas.parseFetchRoomLogs, { since: 0 }],
  [schemas.parseUserList, USER_LIST],
  [schemas.parseUserList, { ...USER_LIST, departed: BOB }],
  [
    schemas.parseRoomLogs,
    { entries: [{ id: 3, message: "[USER_JOIN] room=testroom user=bob", created_at: "2026-01-01T00:00:00.000Z" }] },
  ],
  [schemas.parseRefusal, { ok: false, code: "room_full", message: "The room is full." }],
  [schemas.parseWelcome, WELCOME],
  [schemas.parseWelcome, { ...WELCOME, resumed: true, recovered: true, ring: RING }],
  [schemas.parseWelcome, { ok: false, code: "name_taken", message: "Taken." }],
  [schemas.parseReply, { ok: true }],
  [schemas.parseReply, { ok: true, seq: 3 }],
];

describe("every schema", () => {
  test("takes its example as it is and does not keep the object", () => {
    for (const [parse, example] of PARSERS) {
      const parsed = parse(example);
      assert.deepEqual(parsed, example);
      assert.notEqual(parsed, example);
    }
  });

  test("drops fields that it does not know, '__proto__' and 'constructor' among them", () => {
    for (const [parse, example] of PARSERS) {
      const json = JSON.stringify(example).replace(
        /^\{/,
        '{"extra":1,"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},',
      );
      const parsed = parse(JSON.parse(json.replace(",}", "}"))) as object;
      assert.deepEqual(parsed, example);
      assert.equal(Object.getPrototypeOf(parsed), Object.prototype);
      assert.equal((parsed as { admin?: unknown }).admin, undefined);
    }
  });

  test("takes own fields only: what comes from a prototype is not there", () => {
    for (const [parse, example] of PARSERS) {
      if (
        Object.keys(example).length === 0 ||
        parse === schemas.parseOptionalTo ||
        parse === schemas.parseFetchRoomLogs
      )
        continue;
      assert.throws(() => parse(Object.create(example)), QsecError);
    }
    assert.deepEqual(schemas.parseOptionalTo(Object.create({ to: BOB })), {});
    assert.deepEqual(schemas.parseFetchRoomLogs(Object.create({ since: 4 })), { since: 0 });
  });

  test("refuses with a QsecError whatever else comes, and throws nothing else", () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.constantFrom(null, undefined, [], "", 0, () => JOIN),
    );
    for (const parse of [
      ...PARSERS.map(([parse]) => parse),
      schemas.parsePublicKeys,
      schemas.parseMemberId,
      schemas.checkExpected,
      PARSE_FRAME,
    ]) {
      fc.assert(
        fc.property(anything, (value) => {
          try {
            parse(value);
          } catch (error) {
            assert.ok(error instanceof QsecError, String(error));
          }
        }),
      );
    }
  });

  test("refuses its example with any one field of a wrong type or missing", () => {
    const readAsFalse = ["online", "resumed", "recovered", "ok", "code", "plaintext"]; // whatever is not the value looked for counts as no
    const optional = ["resume", "ring", "departed", "seq", "since"];
    const wrongs = [null, [7], {}, Number.NaN, 1.5, -1, "\0".repeat(5000), true];
    for (const [parse, example] of PARSERS) {
      for (const name of Object.keys(example).filter((key) => !readAsFalse.includes(key))) {
        for (const wrong of wrongs) assert.throws(() => parse({ ...example, [name]: wrong }), QsecError, name);
        if (optional.includes(name) || parse === schemas.parseOptionalTo) continue;
        assert.throws(() => parse({ ...example, [name]: undefined }), QsecError, `without ${name}`);
      }
    }
  });
});

describe("a request to join", () => {
  test("is refused with the code of the field that is wrong", () => {
    const cases = [
      ["unsupported_version", { version: 2 }],
      ["unsupported_version", { version: "1" }],
      ["unsupported_version", { version: undefined }],
      ["bad_room", { room: "a b" }],
      ["bad_username", { username: "a b" }],
      ["bad_id", { id: "x" }],
      ["bad_expected", { expected: 1 }],
      ["bad_expected", { expected: 65 }],
      ["bad_expected", { expected: 2.5 }],
      ["bad_expected", { expected: "2" }],
      ["bad_request", { resume: 7 }],
      ["bad_request", { resume: "x".repeat(65) }],
    ] as const;
    for (const [code, change] of cases) throwsCode(code, () => schemas.parseJoinRequest({ ...JOIN, ...change }));
    for (const wrong of [null, [], "join", 1]) throwsCode("bad_request", () => schemas.parseJoinRequest(wrong));
  });

  test("travels with the composed form of the username", () => {
    assert.equal(schemas.parseJoinRequest({ ...JOIN, username: "Zoe\u0308" }).username, "Zo\u00eb");
  });
});

describe("a member id", () => {
  test("is the one base64url text of 32 bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const text = toBase64url(key);
        assert.equal(schemas.parseMemberId(text), text);
      }),
    );
    for (const length of [0, 31, 33])
      throwsCode("bad_id", () => schemas.parseMemberId(toBase64url(new Uint8Array(length))));
  });

  test("is refused with other characters, padding, white space or stray bits in the last one", () => {
    const text = toBase64url(new Uint8Array(32));
    for (const wrong of [
      `${text}=`,
      `${text}\n`,
      ` ${text}`,
      `+${text.slice(1)}`,
      `${text.slice(0, 42)}B`,
      `${text.slice(0, 42)}_`,
      "__proto__",
      5,
      null,
    ]) {
      throwsCode("bad_id", () => schemas.parseMemberId(wrong));
    }
  });
});

describe("a frame", () => {
  test("comes back as bytes up to the largest size, to the byte", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (length, max) => {
        const bytes = new Uint8Array(length).fill(0xa5);
        const parse = () => schemas.parseFrame(toBase64url(bytes), max);
        if (length <= max) assert.deepEqual(parse(), bytes);
        else throwsCode("frame_too_large", parse);
      }),
    );
  });

  test("is refused when it is empty, no text or no base64url", () => {
    for (const wrong of ["", null, 7, {}, new Uint8Array(3), "AA==", "A", "AB", "a b"])
      throwsCode("frame_malformed", () => PARSE_FRAME(wrong));
  });
});

describe("lists from the relay", () => {
  const many = <T>(length: number, entry: T) => Array.from({ length }, () => entry);

  test("have at most 64 members and keys and 200 log lines", () => {
    schemas.parseUserList({ ...USER_LIST, members: many(64, MEMBER) });
    throwsCode("bad_request", () => schemas.parseUserList({ ...USER_LIST, members: many(65, MEMBER) }));
    const key = { from: ALICE, frame: "AAAA" };
    assert.deepEqual(schemas.parsePublicKeys({ entries: [{ ...key, extra: 1 }] }), [key]);
    throwsCode("bad_request", () => schemas.parsePublicKeys({ entries: many(65, key) }));
    const line = { id: 1, message: "m", created_at: "t" };
    schemas.parseRoomLogs({ entries: many(200, line) });
    throwsCode("bad_request", () => schemas.parseRoomLogs({ entries: many(201, line) }));
  });

  test("are refused whole when one entry is wrong", () => {
    throwsCode("bad_username", () =>
      schemas.parseUserList({ ...USER_LIST, members: [MEMBER, { ...MEMBER, username: "\u202ebob" }] }),
    );
    throwsCode("bad_id", () => schemas.parseUserList({ ...USER_LIST, members: [MEMBER, { ...MEMBER, id: "x" }] }));
    throwsCode("bad_id", () => schemas.parsePublicKeys({ entries: [{ from: "x", frame: "AAAA" }] }));
    throwsCode("bad_request", () => schemas.parseRoomLogs({ entries: [null] }));
    throwsCode("bad_request", () => schemas.parseRoomLogs({ entries: { length: 1, 0: null } }));
  });

  test("a member is online only if the relay says so with true", () => {
    for (const online of [undefined, null, 1, "true", {}]) {
      assert.equal(schemas.parseUserList({ ...USER_LIST, members: [{ ...MEMBER, online }] }).members[0].online, false);
    }
  });
});

describe("audit claims", () => {
  test("are refused out of range", () => {
    for (const matched of [-1, 65_537, 1.5, "3"])
      throwsCode("bad_request", () => schemas.parseBB84Meta({ to: BOB, matched }));
    for (const code of [-1, 20])
      throwsCode("bad_request", () => schemas.parseBB84Session({ to: BOB, code, qber_ppm: 0 }));
    for (const qber_ppm of [-1, 1_000_001])
      throwsCode("bad_request", () => schemas.parseBB84Session({ to: BOB, code: 0, qber_ppm }));
    for (const size of [0, 16, 33]) throwsCode("bad_request", () => schemas.parseRoomKeyGenerated({ size, kc: id(1) }));
    throwsCode("bad_id", () => schemas.parseRoomKeyGenerated({ size: 32, kc: "short" }));
    for (const since of [-1, 0.5, "0"]) throwsCode("bad_request", () => schemas.parseFetchRoomLogs({ since }));
    assert.deepEqual(schemas.parseFetchRoomLogs({}), { since: 0 });
  });
});

describe("a refusal of the relay", () => {
  test("keeps a code that is known and makes 'internal' of one that is not", () => {
    for (const code of RELAY_ERROR_CODES) assert.equal(schemas.parseRefusal({ code, message: "m" }).code, code);
    for (const code of ["DECRYPT", "toString", "__proto__", 7, null, undefined])
      assert.equal(schemas.parseRefusal({ code, message: "m" }).code, "internal");
  });

  test("is what a reply or a welcome is unless 'ok' is true", () => {
    for (const ok of [false, undefined, 1, "true"]) {
      assert.deepEqual(schemas.parseReply({ ok, code: "draining", message: "m" }), {
        ok: false,
        code: "draining",
        message: "m",
      });
      assert.equal(schemas.parseWelcome({ ...WELCOME, ok, message: "m" }).ok, false);
    }
  });
});
