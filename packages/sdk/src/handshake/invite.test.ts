import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createInvite, parseInvite } from "./invite.js";
import { createRoomSecret } from "./room-secret.js";

describe("an invite link", () => {
  it("is taken apart into what it was made of", () => {
    const rooms = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/);
    const admissions = fc.constantFrom("verify", "open", undefined);
    fc.assert(
      fc.property(
        rooms,
        fc.option(fc.integer({ min: 2, max: 64 }), { nil: undefined }),
        admissions,
        (room, expected, admission) => {
          const invite = {
            room,
            ...(expected === undefined ? {} : { expected }),
            ...(admission === undefined ? { secret: createRoomSecret() } : { admission }),
          };
          assert.deepEqual(parseInvite(` ${createInvite("https://chat.example/", invite)} `), invite);
        },
      ),
    );
  });

  it("keeps the secret after the #, which no browser sends to a server", () => {
    const secret = createRoomSecret();
    const url = new URL(createInvite("https://chat.example", { room: "r", expected: 3, secret }));
    assert.equal(url.hash, `#${secret}`);
    assert.ok(!`${url.origin}${url.pathname}${url.search}`.includes(secret));
  });

  it("is refused with the part that is wrong, and without quoting the secret", () => {
    const secret = createRoomSecret();
    const cases = [
      ["not a link", "bad_room"],
      ["https://chat.example/", "bad_room"],
      ["https://chat.example/room/a%20b", "bad_room"],
      ["https://chat.example/room/%E0%A4%A", "bad_room"],
      ["https://chat.example/room/r?expected=1", "bad_expected"],
      ["https://chat.example/room/r?admission=anyone", "bad_option"],
      [`https://chat.example/room/r#${secret.slice(1)}`, "bad_secret"],
    ] as const;
    for (const [text, code] of cases) {
      assert.throws(
        () => parseInvite(text),
        (error: Error & { code?: string }) =>
          error.code === code && !error.message.includes(secret.slice(1)) && error.cause !== secret,
      );
    }
  });
});
