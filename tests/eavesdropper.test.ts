import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

scene(
  "a demonstration eavesdropper on every qubit stops the exchange, and a retry without one succeeds",
  async ({ person }) => {
    const alice = await person("alice");
    await alice.initializeLink("tapped");
    await alice.sees(en.connection.waiting(1, 2));
    const invite = new URL(await alice.inviteLink());
    const bob = await person("bob");
    // The channel is simulated at the receiver, so the eavesdropper stands at bob's end.
    const tapped = new URL(invite);
    tapped.search = new URLSearchParams({ ...Object.fromEntries(invite.searchParams), lab: "", eve: "1" }).toString();
    await bob.visit(tapped.href);
    await bob.giveName();

    for (const { page, send } of [alice, bob]) {
      const retry = page.getByRole("button", { name: en.room.retry, exact: true });
      await retry.waitFor();
      const banner = page.getByRole("alert").filter({ has: retry });
      const qber = Number(/([\d.]+)%/.exec(await banner.innerText())?.[1]);
      assert.ok(qber >= 11, `the banner says ${qber} %`);
      await page.getByText(en.qber.verdict.aborted, { exact: true }).waitFor();
      assert.equal(await send.isDisabled(), true);
    }
    await bob.sees(en.room.demoEve);
    await bob.screenshot("eavesdropper");

    // Bob comes back without the laboratory.
    await bob.visit(invite.href);
    await bob.giveName();
    await Promise.all([alice.secured(), bob.secured()]);
    await alice.say("Quiet now.");
    await bob.reads("Quiet now.");
  },
);

scene("Retry starts another exchange", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("again");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = new URL(await alice.inviteLink());
  invite.searchParams.set("lab", "");
  invite.searchParams.set("eve", "1");
  const bob = await person("bob");
  await bob.visit(invite.href);
  await bob.giveName();

  const retry = alice.page.getByRole("button", { name: en.room.retry, exact: true });
  await retry.click();
  await alice.sees(en.telemetry.run("bob", 2));
  await retry.waitFor();
});
