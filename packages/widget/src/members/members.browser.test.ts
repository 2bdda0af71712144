import type { QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { answer, clearPage, Party, place } from "../testing/members.js";
import type { QsecRoom } from "../room/room.js";

const row = (room: QsecRoom, name: string): HTMLElement | undefined =>
  [...deep(room, "qsec-members")!.shadowRoot!.querySelectorAll("li")].find(
    (item) => item.querySelector(".name bdi")?.textContent === name,
  );
const button = (room: QsecRoom, label: string): HTMLButtonElement | null =>
  deep<HTMLButtonElement>(room, `button[aria-label="${label}"]`);

describe("members, invite and key in <qsec-room>", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(() => {
    party.end();
    clearPage();
  });

  async function secured(
    options: Parameters<Party["session"]>[1] = {},
  ): Promise<{ rooms: readonly [QsecRoom, QsecRoom]; alice: QsecSession; bob: QsecSession }> {
    const [alice, bob] = [party.session("alice", options), party.session("bob", options)];
    const rooms = [place("qsec-room", { session: alice }), place("qsec-room", { session: bob })] as const;
    await Promise.all(rooms.map((room) => room.updateComplete));
    await alice.connect();
    await bob.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    return { rooms, alice, bob };
  }

  it("lets the leader alone remove a member, after asking once more", async () => {
    const { rooms, bob } = await secured();
    const remove = await until("the way to remove bob", () => button(rooms[0], "Remove bob from the room"));
    equal(button(rooms[1], "Remove alice from the room"), null, "way to remove the leader");
    remove.focus();
    remove.click();
    const dialog = await until("the question", () => deep<HTMLDialogElement>(rooms[0], "dialog[open]"));
    includes(dialog.textContent, "Remove bob?");
    includes(dialog.textContent, "new secret");
    await expectAccessible(rooms[0]);
    await answer(rooms[0], false);
    equal(bob.state, "secured", "bob after No");
    ok(deep(rooms[0], "qsec-members")!.shadowRoot!.activeElement === remove, "focus back on the button");
    remove.click();
    await answer(rooms[0], true);
    await until("the end of bob's session", () => bob.state === "closed");
    await until("the notice", () => textOf(rooms[1]).includes("alice removed you"));
    await until("the end of the row", () => row(rooms[0], "bob") === undefined);
  });

  it("takes the second Escape, or a dialog the browser closes, as No", async () => {
    const { rooms, bob } = await secured();
    (await until("the way to remove bob", () => button(rooms[0], "Remove bob from the room"))).click();
    (await until("the question", () => deep<HTMLDialogElement>(rooms[0], "dialog[open]"))).close();
    await until("the end of the question", () => deep(rooms[0], "dialog") === null);
    equal(bob.state, "secured");
  });

  it("shows the invite link as a QR code, another one after a removal, and none when the session is over", async () => {
    const { rooms, alice, bob } = await secured();
    const invite = deep(rooms[0], ".sidebar qsec-invite")!;
    deep<HTMLButtonElement>(invite, "[data-qr]")!.click();
    const path = (): string | null | undefined => deep<Element>(invite, "svg.qr path")?.getAttribute("d");
    const first = await until("the code", path);
    equal(deep<Element>(invite, "svg.qr")!.getAttribute("role"), "img");
    equal(deep(invite, "[data-qr]")!.getAttribute("aria-expanded"), "true");
    await expectAccessible(rooms[0]);
    await alice.kick(bob.id);
    await until("the code of the new secret", () => path() !== first);
    deep<HTMLButtonElement>(invite, "[data-qr]")!.click();
    await until("no code", () => path() === undefined);
  });

  it("hands the link to the device's own sharing where there is one, and lets people change their mind", async () => {
    const shared: ShareData[] = [];
    let refusal: Error | null = null;
    const own = Object.getOwnPropertyDescriptor(navigator, "share");
    const share = async (data: ShareData): Promise<void> => {
      shared.push(data);
      if (refusal !== null) throw refusal;
    };
    Object.defineProperty(navigator, "share", { configurable: true, value: share });
    try {
      const alice = party.session("alice");
      const room = place("qsec-room", { session: alice });
      await alice.connect();
      await room.updateComplete;
      const invite = deep(room, ".sidebar qsec-invite")!;
      const press = async (): Promise<void> => {
        const before = shared.length;
        deep<HTMLButtonElement>(invite, "[data-share]")!.click();
        await until("the call", () => shared.length > before);
        await new Promise((resolve) => setTimeout(resolve));
      };
      await press();
      equal(shared[0].url, alice.inviteLink(location.origin));
      refusal = new DOMException("closed", "AbortError");
      await press();
      equal(deep(invite, "input"), null, "field after a change of mind");
      refusal = new DOMException("not here", "NotAllowedError");
      await press();
      const field = await until("the link to copy", () => deep<HTMLInputElement>(invite, "input"));
      equal(field.value, alice.inviteLink(location.origin));
    } finally {
      if (own === undefined) Reflect.deleteProperty(navigator, "share");
      else Object.defineProperty(navigator, "share", own);
    }
  });

  it("lets the leader renew the key by hand", async () => {
    const { rooms, alice } = await secured();
    const keyStatus = (room: QsecRoom): Element => deep(room, "qsec-key-status")!;
    const renew = await until("the button", () => deep<HTMLButtonElement>(keyStatus(rooms[0]), "button"));
    equal(deep(keyStatus(rooms[1]), "button"), null, "button of a member that does not lead");
    const { number } = alice.epoch!;
    renew.click();
    await until("the next epoch", () => alice.epoch!.number > number);
    await until("its number", () => textOf(keyStatus(rooms[1])).includes(`Epoch ${number + 1}`));
    await until("the button again", () => deep<HTMLButtonElement>(keyStatus(rooms[0]), "button")?.disabled === false);
  });

  for (const admitted of [true, false]) {
    it(`asks the leader about who knocks, and ${admitted ? "lets them in" : "keeps them out"}`, async () => {
      const [alice, bob] = [party.session("alice", { approve: true }), party.session("bob", { approve: true })];
      await alice.connect();
      const theirs = place("qsec-room", { session: bob });
      await theirs.updateComplete;
      await bob.connect();
      await until("the knock", () => alice.pendingKnocks.length > 0);
      // Made after the knock: it was not there to hear it.
      const room = place("qsec-room", { session: alice });
      const knocks = await until("the question", () => deep(room, "qsec-knocks"));
      await until("the name", () => textOf(knocks).includes("bob has the invite and asks to be let in"));
      await until("the word to bob", () => textOf(theirs).includes("waits for its leader to let you in"));
      await until("the line", () => textOf(theirs).includes("Keys agreed with alice, no room key yet"));
      equal(bob.state === "secured", false, "secured unasked");
      await expectAccessible(room);
      deep<HTMLButtonElement>(knocks, `[data-answer=${admitted ? "admit" : "refuse"}]`)!.click();
      await until("the end of the question", () => deep(knocks, ".banner") === null);
      if (admitted) await Promise.all([alice.secured(), bob.secured()]);
      else await until("alice alone", () => alice.pendingKnocks.length === 0 && alice.state !== "secured");
    });
  }
});
