import assert from "node:assert/strict";
import { en } from "../packages/widget/src/locale/en.js";
import { scene } from "./support/scene.js";

scene("a room that is full is told in words, and opens when somebody has left", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("full");
  await alice.sees(en.connection.waiting(1, 2));
  const invite = await alice.inviteLink();
  const [bob, carol] = [await person("bob"), await person("carol")];
  await bob.visit(invite);
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);
  await carol.visit(invite);
  await carol.giveName();
  await carol.sees(en.failure.room_full);
  await bob.leave();
  await alice.sees(en.chat.left("bob"));
  await carol.page.getByRole("button", { name: en.room.tryAgain }).click();
  await Promise.all([alice.secured(), carol.secured()]);
});

scene("who is removed reads who did it, and the invite from before opens nothing", async ({ person }) => {
  const alice = await person("alice");
  await alice.initializeLink("removed", { expected: 3 });
  await alice.sees(en.connection.waiting(1, 3));
  const invite = await alice.inviteLink();
  const bob = await person("bob");
  await bob.visit(invite);
  await bob.giveName();
  await Promise.all([alice.secured(), bob.secured()]);
  await alice.page.getByRole("button", { name: en.members.removeOf("bob") }).click();
  await alice.page.getByRole("dialog").getByRole("button", { name: en.members.remove }).click();
  await bob.sees(en.room.removedText("alice"));
  const carol = await person("carol");
  await carol.visit(invite);
  await carol.giveName();
  await carol.sees(/does not match, or the relay tampers/);
  assert.equal(await carol.send.isDisabled(), true);
});

scene(
  "who chose to be remembered is the same member after a reload, until the room is forgotten",
  async ({ person }) => {
    const alice = await person("alice");
    const id = () =>
      alice.page.locator("qsec-room").evaluate((room: HTMLElementTagNameMap["qsec-room"]) => room.session?.id);
    await alice.visit("/");
    await alice.page.getByLabel("Remember me in this room").check();
    await alice.initializeLink("remembered", { visit: false });
    await alice.sees(en.connection.waiting(1, 2));
    const first = await id();
    await alice.page.reload();
    await alice.sees(en.connection.waiting(1, 2));
    assert.equal(await id(), first);
    await alice.page.getByRole("button", { name: en.room.forget }).click();
    await alice.page.getByRole("dialog").getByRole("button", { name: en.room.forget }).click();
    await alice.page.waitForURL(/\/$/);
    await alice.page.goBack();
    await alice.sees(en.connection.waiting(1, 2));
    assert.notEqual(await id(), first);
  },
);
