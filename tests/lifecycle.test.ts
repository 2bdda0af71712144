import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

interface Counters {
  readonly nodes: number;
  readonly jsEventListeners: number;
  readonly heap: number;
}

/** What Chromium counts in the page after its garbage is collected. */
async function counters(page: Page): Promise<Counters> {
  const cdp = await page.context().newCDPSession(page);
  for (let round = 0; round < 3; round++) await cdp.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  await cdp.detach();
  return { nodes, jsEventListeners, heap: usedSize };
}

/** Puts a room into the page, waits until it is in it, and takes it out again, so many times. */
async function comeAndGo(page: Page, times: number, secret: string): Promise<void> {
  await page.evaluate(
    async ([count, roomSecret]) => {
      for (let time = 0; time < count; time++) {
        const room = document.createElement("qsec-room");
        Object.assign(room, { relay: location.origin, room: "leaks", username: "ann", secret: roomSecret });
        const joined = new Promise<void>((resolve) => {
          room.addEventListener("qsec-state", ({ detail }) => detail.state === "waiting" && resolve());
        });
        const gone = new Promise<void>((resolve) => {
          room.addEventListener("qsec-session", ({ detail: { session } }) => {
            session.addEventListener("state", ({ detail }) => detail.state === "closed" && resolve());
          });
        });
        document.body.append(room);
        await joined;
        room.remove();
        await gone;
      }
    },
    [times, secret] as const,
  );
}

scene("a room that is put in and taken out a hundred times leaves nothing behind", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("leaks");
  await alice.sees(en.connection.waiting(1, 2));
  const secret = new URL(await alice.inviteLink()).hash.slice(1);
  const { page } = alice;
  await page.evaluate(() => document.querySelector("qsec-room")!.remove());
  await comeAndGo(page, 5, secret);
  const before = await counters(page);
  await comeAndGo(page, 100, secret);
  const after = await counters(page);
  console.log(
    `nodes ${before.nodes} → ${after.nodes}, listeners ${before.jsEventListeners} → ${after.jsEventListeners}, heap ${before.heap} → ${after.heap} bytes`,
  );
  // One room has hundreds of nodes: a single one that stayed would show.
  assert.ok(after.nodes - before.nodes < 100, `${before.nodes} nodes became ${after.nodes}`);
  assert.ok(
    after.jsEventListeners - before.jsEventListeners < 20,
    `${before.jsEventListeners} listeners became ${after.jsEventListeners}`,
  );
  assert.ok(after.heap - before.heap < 2_000_000, `${before.heap} bytes became ${after.heap}`);
});
