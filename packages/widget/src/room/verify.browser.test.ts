import type { QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { clearPage, Party, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const dialogOf = (room: QsecRoom): HTMLDialogElement | null => deep<HTMLDialogElement>(room, "dialog");
const emojiOf = (room: QsecRoom): string =>
  [...dialogOf(room)!.querySelectorAll("li")].map((item) => item.textContent).join();
const answer = (room: QsecRoom, same: boolean): void =>
  dialogOf(room)!
    .querySelector<HTMLButtonElement>(same ? ".answers .primary" : ".answers button:not(.primary)")!
    .click();

describe("comparing emoji in a verify room", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(() => {
    party.end();
    clearPage();
  });

  async function compared(): Promise<{ alice: QsecSession; bob: QsecSession; rooms: readonly [QsecRoom, QsecRoom] }> {
    const [alice, bob] = [
      party.session("alice", { admission: "verify" }),
      party.session("bob", { admission: "verify" }),
    ];
    const rooms = [place("qsec-room", { session: alice }), place("qsec-room", { session: bob })] as const;
    await Promise.all(rooms.map((room) => room.updateComplete));
    await Promise.all([alice.connect(), bob.connect()]);
    await until("both dialogs", () => rooms.every((room) => dialogOf(room)?.open));
    return { alice, bob, rooms };
  }

  it("shows the same seven emoji, names and digits on both screens, and no way to put the answer off", async () => {
    const { rooms } = await compared();
    equal(emojiOf(rooms[0]), emojiOf(rooms[1]), "emoji");
    equal(dialogOf(rooms[0])!.querySelectorAll("li").length, 7, "emoji count");
    equal(
      dialogOf(rooms[0])!.querySelector(".digits")!.textContent,
      dialogOf(rooms[1])!.querySelector(".digits")!.textContent,
      "digits",
    );
    equal(dialogOf(rooms[0])!.querySelectorAll("button").length, 2, "buttons");
    await expectAccessible(rooms[1]);
  });

  it("stays until it is answered, even when the browser closes it", async () => {
    const { rooms } = await compared();
    const cancel = new Event("cancel", { cancelable: true });
    dialogOf(rooms[0])!.dispatchEvent(cancel);
    equal(cancel.defaultPrevented, true, "cancel prevented");
    dialogOf(rooms[0])!.close();
    await until("the dialog again", () => dialogOf(rooms[0])?.open);
  });

  it("lets messages flow only after both have confirmed", async () => {
    const { alice, bob, rooms } = await compared();
    answer(rooms[0], true);
    await until("the first dialog to go", () => dialogOf(rooms[0]) === null);
    equal(alice.state === "secured", false, "secured by one side alone");
    const line = (room: QsecRoom): string => deep(deep(room, "qsec-connection-status")!, ".line")!.textContent.trim();
    await until("the wait for the other", () => line(rooms[0]) === "Waiting for the other side to confirm");
    equal(line(rooms[1]), "Compare emoji on both screens to continue");
    answer(rooms[1], true);
    await Promise.all([alice.secured(), bob.secured()]);
    await until("the badge", () => textOf(rooms[0]).includes("Verified by you"));
    await until("Send", () => !deep<HTMLButtonElement>(rooms[0], "button.send")!.disabled);
  });

  it("warns that someone may be in between when the emoji differ", async () => {
    const { alice, rooms } = await compared();
    answer(rooms[0], false);
    for (const room of rooms) {
      await until("the banner", () => deep(room, ".banner")?.textContent?.includes("Someone may be between you"));
      equal(textOf(room).includes("Retry"), false, "offer to retry");
    }
    equal(dialogOf(rooms[0]), null, "dialog after the answer");
    ok(alice.state !== "secured", "not secured");
    await expectAccessible(rooms[0]);
  });

  it("keeps a banner in an open room as long as somebody is unverified", async () => {
    const [alice, bob] = [party.session("alice", { admission: "open" }), party.session("bob", { admission: "open" })];
    const room = place("qsec-room", { session: alice });
    await Promise.all([alice.connect(), bob.connect()]);
    await Promise.all([alice.secured(), bob.secured()]);
    const banner = await until("the banner", () => deep(room, ".banner"));
    includes(banner.textContent, "Unverified");
    equal(banner.querySelector("button"), null, "way to dismiss it");
    await expectAccessible(room);
  });
});
