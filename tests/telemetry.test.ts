import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

scene("Chart.js and Three.js are fetched when somebody opens what needs them, and not before", async ({ person }) => {
  const alice = await person("alice");
  const { page } = alice;
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const has = (name: string): boolean => fetched.some((path) => path.endsWith(name));
  await alice.initializeLink("panels");
  await alice.sees(en.connection.waiting(1, 2));
  const bob = await person("bob");
  await bob.visit(await alice.inviteLink());
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);
  await page.locator("qsec-channel-monitor").getByText("SECURE", { exact: true }).waitFor();
  assert.deepEqual([has("qsec-charts.js"), has("qsec-sphere.js")], [false, false], fetched.join(" "));

  const charts = page.waitForResponse(/qsec-charts\.js/);
  await page.getByRole("button", { name: en.panels.charts.open }).click();
  assert.equal((await charts).status(), 200);
  await page.getByRole("img", { name: en.panels.charts.rates }).waitFor();
  assert.deepEqual([has("qsec-charts.js"), has("qsec-sphere.js")], [true, false], fetched.join(" "));

  await page.getByRole("button", { name: en.panels.sphere.open }).click();
  // The hint is there with the picture in space only.
  await alice.sees(en.panels.sphere.hint);
  assert.equal(has("qsec-sphere.js"), true);
  await alice.screenshot("sphere");
  await page.getByRole("dialog").getByRole("button", { name: en.room.close, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

scene("a room with the laboratory runs it beside its own exchange", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("laboratory");
  await alice.sees(en.connection.waiting(1, 2));
  const address = new URL(await alice.inviteLink());
  address.searchParams.set("lab", "");
  const bob = await person("bob");
  await bob.visit(address.href);
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);
  const lab = bob.page.locator("qsec-channel-lab");
  await lab.getByLabel(en.panels.lab.field.strategy).selectOption("random");
  await lab.getByRole("button", { name: en.panels.lab.run, exact: true }).click();
  await lab.getByText("EAVESDROPPER", { exact: true }).waitFor();
  await bob.page.locator("qsec-channel-monitor").first().getByText("SECURE", { exact: true }).waitFor();
  assert.equal(await lab.getByRole("button", { name: en.panels.lab.link }).count(), 0);
  await bob.screenshot("laboratory");
});
