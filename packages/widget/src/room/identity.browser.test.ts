import { createRoomSecret, forgetRoom, memoryIdentities, QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { clearPage, Party, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const banner = (room: QsecRoom): HTMLElement | null => deep<HTMLElement>(room, ".banner.changed");
const buttons = (room: QsecRoom): HTMLButtonElement[] => [...banner(room)!.querySelectorAll("button")];

describe("<qsec-room> and a member with another key than before", () => {
  let party: Party;
  const identityStore = memoryIdentities();
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await forgetRoom("standup", { identityStore });
  });

  /** Alice, who remembers, has met a first bob; this is the second one. */
  async function changed(): Promise<{ room: QsecRoom; alice: QsecSession; bob: QsecSession }> {
    const before = [await party.remembered("alice", identityStore), party.session("bob")];
    for (const session of before) await session.connect();
    await Promise.all(before.map((session) => session.secured()));
    for (const session of before.reverse()) session.destroy();
    const [alice, bob] = [await party.remembered("alice", identityStore), party.session("bob")];
    const room = place("qsec-room", { session: alice });
    await room.updateComplete;
    for (const session of [alice, bob]) await session.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    await until("the banner", () => banner(room));
    return { room, alice, bob };
  }

  it("warns in a banner that stays, once, and in the badge", async () => {
    const { room, alice } = await changed();
    equal(banner(room)!.getAttribute("role"), "alert");
    includes(banner(room)!.textContent, "bob has another key than before");
    for (const { code, pinned } of alice.identityChanges)
      for (const shown of [code, pinned.code]) includes(banner(room)!.textContent, shown);
    await until("the badge", () => textOf(room).includes("Another key than before"));
    equal(deep(room, "qsec-alerts")!.shadowRoot!.querySelectorAll(".banner").length, 1, "banners");
    await expectAccessible(room);
  });

  it("takes the new key when the person accepts it, and verifies nobody by that", async () => {
    const { room, bob } = await changed();
    buttons(room)[1].click();
    await until("the end of the banner", () => banner(room) === null);
    await until("the badge", () => textOf(room).includes("Proved the invite"));
    equal(textOf(room).includes("Verified by you"), false, "verified");
    equal(bob.state, "secured");
  });

  it("opens the comparison from the banner, and takes the key as verified when the emoji match", async () => {
    const { room, bob } = await changed();
    const other = place("qsec-room", { session: bob });
    buttons(room)[0].click();
    const dialog = await until("the emoji", () => deep<HTMLDialogElement>(room, "dialog"));
    equal(textOf(room).includes("Nobody can read or send before"), false, "a word about a gate that is not there");
    await until("the other's way to the same emoji", () => deep(other, "[part=member] button"));
    await expectAccessible(room);
    dialog.querySelector<HTMLButtonElement>(".answers .primary")!.click();
    await until("the end of the banner", () => banner(room) === null);
    await until("the badge", () => textOf(room).includes("Verified by you"));
  });
});

describe("<qsec-room remember>", () => {
  // A relay that takes a connection and never answers: this page's own server knows no Socket.IO.
  const settings = {
    relay: location.origin,
    room: "retro",
    username: "alice",
    secret: createRoomSecret(),
    remember: true,
  };
  afterEach(async () => {
    clearPage();
    await forgetRoom("retro");
  });

  const started = async (): Promise<{ room: QsecRoom; session: QsecSession }> => {
    const room = place("qsec-room", settings);
    const session = await until("a session", () => room.session);
    return { room, session };
  };

  it("is the same member after it was taken out and put back", async () => {
    const first = await started();
    ok(first.session.remembers, "remembers");
    clearPage();
    await until("the end", () => first.session.state === "closed");
    equal((await started()).session.id, first.session.id);
  });

  it("says that the room is open in another place, and tries again", async () => {
    const first = await started();
    const second = place("qsec-room", settings);
    await until("the refusal", () => textOf(second).includes("open in another tab"));
    await expectAccessible(second);
    first.room.remove();
    await until("the end", () => first.session.state === "closed");
    deep<HTMLButtonElement>(second, ".notice button")!.click();
    equal((await until("a session", () => second.session)).id, first.session.id);
  });

  it("does not start what was taken out while it was being read", async () => {
    const room = place("qsec-room", settings);
    await room.updateComplete;
    clearPage();
    const session = await QsecSession.open({ ...settings, remember: true });
    session.destroy();
    equal(room.session, null, "session");
  });

  it("says that an invite asks for less protection than before", async () => {
    const first = await started();
    clearPage();
    await until("the end", () => first.session.state === "closed");
    const weaker = place("qsec-room", { ...settings, secret: "", admission: "open" });
    await until("the refusal", () => textOf(weaker).includes("a mode that protects more"));
    equal(weaker.session, null, "session");
  });
});
