import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { InOrder } from "./in-order.js";

test("work that waits for nothing is done at once", () => {
  const done: number[] = [];
  const inOrder = new InOrder();
  inOrder.run(() => void done.push(1));
  inOrder.run(() => void done.push(2));
  assert.deepEqual(done, [1, 2]);
});

test("nothing overtakes work that waits, and when all is done work is done at once again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
      async (scheduler, waits) => {
        const inOrder = new InOrder();
        const done: number[] = [];
        waits.forEach((wait, i) =>
          inOrder.run(() => {
            if (!wait) return void done.push(i);
            return scheduler.schedule(Promise.resolve()).then(() => void done.push(i));
          }),
        );
        const all = new Promise<void>((resolve) => inOrder.run(resolve));
        await scheduler.waitFor(all);
        assert.deepEqual(done, [...waits.keys()]);
        await Promise.resolve();
        await new Promise(setImmediate);
        let atOnce = false;
        inOrder.run(() => void (atOnce = true));
        assert.equal(atOnce, true);
      },
    ),
  );
});
