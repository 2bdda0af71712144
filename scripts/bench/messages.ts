import { decodeGroupFrame, openGroupMessage, sealGroupMessage } from "../../packages/sdk/src/room/group-message.js";
import { epochOf } from "../../packages/sdk/src/testing/epoch-of.js";
import { testRoom, testSelf } from "../../packages/sdk/src/testing/members.js";
import { median, number, printTable, repeat, timed } from "./harness.js";

const RUNS = 7;
const MESSAGES = 500;
const BODY = new Uint8Array(1024).fill(0x61);

/** How many messages of 1 KiB one member seals and another opens in a second. */
export async function benchMessages(): Promise<void> {
  const [alice, bob] = [testSelf("alice"), testSelf("bob")];
  const made = epochOf(testRoom().rid, [alice, bob]);
  const [sending, receiving] = [made.as(alice), made.as(bob)];
  const runs = await repeat(RUNS, async () => {
    const sealed = await timed(async () => {
      const frames = [];
      for (let i = 0; i < MESSAGES; i++) {
        frames.push((await sealGroupMessage(sending, alice.seed, { type: 1, ms: 0, body: BODY })).frame);
      }
      return frames;
    });
    const opened = await timed(async () => {
      for (const frame of sealed.result) await openGroupMessage(receiving, decodeGroupFrame(frame));
    });
    return { seal: (1000 * MESSAGES) / sealed.ms, open: (1000 * MESSAGES) / opened.ms };
  });
  printTable(`Group messages of 1 KiB, one at a time, medians of ${RUNS} runs`, [
    { what: "seal (sign, pad, encrypt)", "per second": number(median(runs.map(({ seal }) => seal))) },
    { what: "open (decrypt, check, verify)", "per second": number(median(runs.map(({ open }) => open))) },
  ]);
}
