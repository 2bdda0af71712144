import { createRoomSecret, forgetRoom } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { answer, clearPage, Party, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const settings = { relay: location.origin, room: "failing", username: "alice" };

describe("<qsec-room> when something fails", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await new Promise((resolve) => setTimeout(resolve));
  });

  it("says that a room is full, also for a session that was given", async () => {
    const members = [party.session("alice"), party.session("bob"), party.session("carol")];
    const room = place("qsec-room", { session: members[2] });
    await room.updateComplete;
    await members[0].connect();
    await members[1].connect();
    await members[2].connect().catch(() => undefined);
    await until("the notice", () => textOf(room).includes("This room is full"));
    equal(deep(room, ".notice")!.getAttribute("role"), "alert");
    equal(deep(room, ".notice button"), null, "another try, which is the embedder's to make");
    await expectAccessible(room);
  });

  it("says that the relay cannot be reached, and tries again when asked to", async () => {
    const room = place("qsec-room", { ...settings, relay: "http://localhost:1", secret: createRoomSecret() });
    await until("the notice", () => textOf(room).includes("The relay cannot be reached"));
    await expectAccessible(room);
    const again = new Promise((resolve) => room.addEventListener("qsec-session", resolve, { once: true }));
    deep<HTMLButtonElement>(room, ".notice button")!.click();
    await again;
  });

  it("says that a page without a secure connection has no cryptography, and offers no second try", async () => {
    const own = Object.getOwnPropertyDescriptor(crypto, "subtle");
    Object.defineProperty(crypto, "subtle", { configurable: true, value: undefined });
    try {
      const room = place("qsec-room", { ...settings, secret: createRoomSecret() });
      await room.updateComplete;
      includes(textOf(room), "Open it over https");
      equal(deep(room, ".notice button"), null, "another try");
      await expectAccessible(room);
    } finally {
      if (own === undefined) Reflect.deleteProperty(crypto, "subtle");
      else Object.defineProperty(crypto, "subtle", own);
    }
  });

  it("says that the storage of the browser is full, and tries again when there is room", async () => {
    const { put, add } = IDBObjectStore.prototype;
    const full = (): never => {
      throw new DOMException("no room left", "QuotaExceededError");
    };
    Object.assign(IDBObjectStore.prototype, { put: full, add: full });
    const room = place("qsec-room", { ...settings, secret: createRoomSecret(), remember: true });
    try {
      await until("the notice", () => textOf(room).includes("The storage of this browser is full"));
      await expectAccessible(room);
    } finally {
      Object.assign(IDBObjectStore.prototype, { put, add });
    }
    deep<HTMLButtonElement>(room, ".notice button")!.click();
    await until("a session", () => room.session !== null);
    clearPage();
    await until("the end", () => room.session === null);
    await forgetRoom("failing");
  });

  it("forgets the room when asked to, and says so", async () => {
    const room = place("qsec-room", { ...settings, secret: createRoomSecret(), remember: true });
    const session = await until("a session", () => room.session);
    const forget = await until("the button", () => deep<HTMLButtonElement>(room, "[data-forget]"));
    forget.click();
    await answer(room, false);
    ok(session.state !== "closed", "session after No");
    forget.click();
    await answer(room, true);
    await until("the word", () => textOf(room).includes("This room is forgotten"));
    await expectAccessible(room);
    deep<HTMLButtonElement>(room, ".notice button")!.click();
    const again = await until("another session", () => room.session !== session && room.session);
    ok(again.id !== session.id, "somebody new");
    deep<HTMLButtonElement>(room, "[data-forget]")!.click();
    await answer(room, true);
    await until("the end", () => again.state === "closed");
  });

  it("offers no forgetting where nothing is remembered", async () => {
    const room = place("qsec-room", { session: party.session("alice") });
    await room.updateComplete;
    equal(deep(room, "[data-forget]"), null);
  });

  it("warns in a room that keeps messages until the person has read so, once", async () => {
    const [alice, bob] = [party.session("alice", { history: true }), party.session("bob")];
    const room: QsecRoom = place("qsec-room", { session: bob });
    await room.updateComplete;
    await alice.connect();
    await bob.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    const banner = await until("the warning", () => deep(room, "qsec-alerts")!.shadowRoot!.querySelector(".banner"));
    includes(banner.textContent, "Messages in this room are kept");
    equal(banner.getAttribute("role"), "note");
    await expectAccessible(room);
    banner.querySelector("button")!.click();
    const { number } = bob.epoch!;
    await alice.rekey();
    await until("the next epoch", () => bob.epoch!.number > number);
    await room.updateComplete;
    equal(textOf(deep(room, "qsec-alerts")!).includes("are kept"), false, "warning again");
  });
});
