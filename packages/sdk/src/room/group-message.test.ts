import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { sign } from "../crypto/signature.js";
import { epochOf } from "../testing/epoch-of.js";
import { flipBit, testRoom, testSelf } from "../testing/members.js";
import { concat, fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { TIME_MAX } from "../wire/limits.js";
import { bucket, pad } from "../wire/pad.js";
import { u16, u32, u64, u8, vec32 } from "../wire/writer.js";
import {
  CONTENT_TYPE,
  decodeControl,
  decodeGroupFrame,
  encodeControl,
  openGroupMessage,
  sealGroupMessage,
} from "./group-message.js";

const { rid } = testRoom();
const [alice, bob, carol] = [testSelf("alice"), testSelf("bob"), testSelf("carol")];
const made = epochOf(rid, [alice, bob, carol]);
const text = (body: string) => ({ type: CONTENT_TYPE.text, ms: 1, body: utf8(body) });
const code =
  (...expected: string[]) =>
  (error: unknown) =>
    error instanceof QsecError && expected.includes(error.code);

/** A frame that `chain` of the roster seals with a signature by `signer`, with content and padding of the caller's. */
async function forge({
  as = alice,
  signer = as,
  index = 0,
  content = concat(u8(1), u64(1), vec32(utf8("x"))),
  padded,
}: {
  as?: typeof alice;
  signer?: typeof alice;
  index?: number;
  content?: Uint8Array;
  padded?: (inner: Uint8Array) => Uint8Array;
}) {
  const epoch = made.as(as);
  const chain = epoch.chain(index)!;
  const header = concat(Uint8Array.of(1, 0x20), epoch.kid, u16(index), u32(chain.next));
  const inner = concat(sign(signer.seed, "message", concat(epoch.hash, header, content)), content);
  const { box } = await chain.seal(concat(epoch.hash, header), (padded ?? pad)(inner));
  return concat(header, box);
}

describe("a group message", () => {
  it("opens at every other member and tells nothing but its bucket to the rest", async () => {
    const [a, b, c] = [made.as(alice), made.as(bob), made.as(carol)];
    const { frame } = await sealGroupMessage(a, alice.seed, text("hello"));
    assert.equal(frame.length, 288);
    for (const epoch of [b, c])
      assert.equal(fromUtf8((await openGroupMessage(epoch, decodeGroupFrame(frame))).body), "hello");
  });

  it("[row 28, 29] is shown once in whatever order frames come (P2)", async () => {
    const a = made.as(alice);
    const frames: Uint8Array[] = [];
    for (let i = 0; i < 20; i++) frames.push((await sealGroupMessage(a, alice.seed, text(String(i)))).frame);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 40 }), async (order) => {
        const b = made.as(bob);
        const shown: number[] = [];
        for (const i of order) {
          try {
            shown.push(Number(fromUtf8((await openGroupMessage(b, decodeGroupFrame(frames[i]))).body)));
          } catch (error) {
            assert.ok(code("REPLAY")(error));
          }
        }
        assert.deepEqual(shown, [...new Set(order)]);
      }),
      { numRuns: 30 },
    );
  });

  it("[row 31] is refused with any bit flipped, and the Chain is not burnt (P1)", async () => {
    const a = made.as(alice);
    const b = made.as(bob);
    const { frame } = await sealGroupMessage(a, alice.seed, text("true"));
    for (let bit = 0; bit < frame.length * 8; bit += 5) {
      await assert.rejects(
        async () => openGroupMessage(b, decodeGroupFrame(flipBit(frame, bit))),
        code("VERSION", "KIND", "EPOCH", "SENDER", "SELF", "GAP", "DECRYPT"),
      );
      assert.equal(b.chain(0)!.next, 0);
    }
    assert.equal(fromUtf8((await openGroupMessage(b, decodeGroupFrame(frame))).body), "true");
  });

  it("[row 6] that comes back to its sender is refused", async () => {
    const a = made.as(alice);
    const { frame } = await sealGroupMessage(a, alice.seed, text("mine"));
    await assert.rejects(openGroupMessage(made.as(alice), decodeGroupFrame(frame)), code("SELF"));
  });

  it("[row 32] that a member forges with another's Chain is refused, and the true one still opens", async () => {
    const c = made.as(carol);
    const forged = await forge({ as: alice, signer: bob, index: 0 });
    await assert.rejects(openGroupMessage(c, decodeGroupFrame(forged)), code("BAD_SIG"));
    const { frame } = await sealGroupMessage(made.as(alice), alice.seed, text("true"));
    assert.equal(fromUtf8((await openGroupMessage(c, decodeGroupFrame(frame))).body), "true");
  });

  it("[row 33] whose old content is sealed again at a new number is refused, as the header is signed", async () => {
    const a = made.as(alice);
    const chain = a.chain(0)!;
    const content = concat(u8(1), u64(1), vec32(utf8("x")));
    const old = concat(Uint8Array.of(1, 0x20), a.kid, u16(0), u32(0));
    const signature = sign(alice.seed, "message", concat(a.hash, old, content));
    await chain.seal(new Uint8Array(0), new Uint8Array(0));
    const header = concat(Uint8Array.of(1, 0x20), a.kid, u16(0), u32(1));
    const { box } = await chain.seal(concat(a.hash, header), pad(concat(signature, content)));
    await assert.rejects(openGroupMessage(made.as(bob), decodeGroupFrame(concat(header, box))), code("BAD_SIG"));
  });

  it("[row 35] that jumps more than 256 ahead is refused before anything is computed", async () => {
    const { frame } = await sealGroupMessage(made.as(alice), alice.seed, text("x"));
    const jump = frame.slice();
    jump.set(u32(257), 12);
    await assert.rejects(openGroupMessage(made.as(bob), decodeGroupFrame(jump)), code("GAP"));
  });

  it("[row 36] with non-zero padding or in the wrong bucket is refused", async () => {
    const dirty = await forge({
      padded: (inner) => {
        const out = pad(inner);
        out[out.length - 1] = 1;
        return out;
      },
    });
    const large = await forge({ padded: (inner) => concat(pad(inner), new Uint8Array(256)) });
    for (const frame of [dirty, large])
      await assert.rejects(openGroupMessage(made.as(bob), decodeGroupFrame(frame)), code("PADDING"));
  });

  it("of a time that no date can hold is refused, and the latest that one can is taken", async () => {
    const at = (ms: number) => concat(u8(1), u64(ms), vec32(utf8("x")));
    const open = async (ms: number) =>
      openGroupMessage(made.as(bob), decodeGroupFrame(await forge({ content: at(ms) })));
    for (const ms of [TIME_MAX + 1, Number.MAX_SAFE_INTEGER]) await assert.rejects(open(ms), code("DECODE"));
    assert.equal(new Date((await open(TIME_MAX)).ms).getTime(), TIME_MAX);
  });

  it("of an unknown type, with bytes after its end, or with text that is not UTF-8 is refused", async () => {
    for (const content of [
      concat(u8(99), u64(1), vec32(utf8("x"))),
      concat(u8(1), u64(1), vec32(utf8("x")), u8(0)),
      concat(u8(1), u64(1), vec32(Uint8Array.of(0xff))),
    ]) {
      await assert.rejects(openGroupMessage(made.as(bob), decodeGroupFrame(await forge({ content }))), code("DECODE"));
    }
  });

  it("has a length that depends on the bucket alone, up to the largest body (P4)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constantFrom(65_454, 65_455)), async (length) => {
        const { frame } = await sealGroupMessage(made.as(alice), alice.seed, {
          type: CONTENT_TYPE.application,
          ms: 1,
          body: new Uint8Array(length),
        });
        assert.equal(frame.length, 16 + bucket(64 + 1 + 8 + 4 + length) + 16);
        assert.ok(frame.length <= 65_568);
      }),
      { numRuns: 20 },
    );
    const tooLarge = { type: CONTENT_TYPE.application, ms: 1, body: new Uint8Array(65_456) };
    await assert.rejects(sealGroupMessage(made.as(alice), alice.seed, tooLarge), code("message_too_large"));
  });

  it("[row 34] of a later epoch does not open for a member that was removed, nor an earlier one for a newcomer", async () => {
    const next = epochOf(rid, [alice, bob], made.held, "leave", "next");
    const { frame } = await sealGroupMessage(next.as(alice), alice.seed, text("after carol"));
    await assert.rejects(openGroupMessage(made.as(carol), decodeGroupFrame(frame)), code("EPOCH"));
    assert.equal(next.as(carol).ownIndex, -1);
    const { frame: before } = await sealGroupMessage(made.as(alice), alice.seed, text("before"));
    await assert.rejects(openGroupMessage(next.as(bob), decodeGroupFrame(before)), code("EPOCH"));
  });
});

it("a control message decodes to what was encoded and refuses anything else", () => {
  for (const control of [{ op: "bye" }, { op: "yield", id: bob.id }] as const)
    assert.deepEqual(decodeControl(encodeControl(control)), control);
  for (const body of [Uint8Array.of(), Uint8Array.of(9), Uint8Array.of(1, 1), Uint8Array.of(2, 1)])
    assert.throws(() => decodeControl(body), code("DECODE"));
});
