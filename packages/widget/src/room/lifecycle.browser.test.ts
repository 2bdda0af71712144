import { createRoomSecret, type QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { answer, clearPage, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("<qsec-room> and the session it makes", () => {
  // A relay that takes a connection and never answers: this page's own server knows no Socket.IO.
  const settings = { relay: location.origin, room: "standup", username: "alice", expected: 2 };
  afterEach(async () => {
    clearPage();
    await nextTask();
  });

  async function started(): Promise<{ room: QsecRoom; session: QsecSession }> {
    const room = place("qsec-room", { ...settings, secret: createRoomSecret() });
    await room.updateComplete;
    const { session } = room;
    ok(session, "session");
    return { room, session };
  }

  for (const name of ["relay", "room", "username", "secret"] as const) {
    it(`says in the element that "${name}" is missing, and does not throw`, async () => {
      const room = place("qsec-room", { ...settings, secret: createRoomSecret(), [name]: "" });
      await room.updateComplete;
      includes(textOf(room), "This room cannot be opened");
      includes(textOf(room), "missing");
      equal(room.session, null, "session");
      await expectAccessible(room);
    });
  }

  it("shows what the session refuses, and tells it as an event", async () => {
    const errors: string[] = [];
    const listen = ({ detail }: HTMLElementEventMap["qsec-error"]): unknown =>
      detail.fatal && errors.push(detail.error.message);
    document.addEventListener("qsec-error", listen);
    const room = place("qsec-room", { ...settings, room: "two words", secret: createRoomSecret() });
    await room.updateComplete;
    document.removeEventListener("qsec-error", listen);
    includes(textOf(room), "Could not join the room");
    includes(textOf(room), "without spaces");
    equal(errors.length, 1, "fatal errors");
    await expectAccessible(room);
  });

  it("offers the way back that it was given, and no second try with a secret that is cut off", async () => {
    const room = place("qsec-room", { ...settings, secret: "cut-off", home: "/start" });
    await room.updateComplete;
    equal(deep<HTMLAnchorElement>(room, ".notice a")?.getAttribute("href"), "/start");
    includes(textOf(room), "Back to the start");
    equal(deep(room, ".notice button"), null, "second try");
    await expectAccessible(room);
    room.room = "two words";
    room.secret = createRoomSecret();
    await room.updateComplete;
    equal(deep(room, ".notice button"), null, "second try with a name that is none");
    ok(deep(room, ".notice a"), "way back");
    room.home = "";
    await room.updateComplete;
    equal(deep(room, ".notice a"), null, "way back to nowhere");
  });

  it("tries again when the setting that stood in the way is put right", async () => {
    const room = place("qsec-room", { ...settings, secret: createRoomSecret(), profile: "cascade", expected: 1 });
    await room.updateComplete;
    includes(textOf(room), "profile must be");
    room.profile = "classic";
    await room.updateComplete;
    includes(textOf(room), "from 2 to 64");
    room.expected = 3;
    await room.updateComplete;
    equal(room.session?.state, "connecting");
  });

  it("announces a session of its own before it connects", async () => {
    const states: string[] = [];
    const listen = ({ detail }: HTMLElementEventMap["qsec-session"]): unknown => states.push(detail.session.state);
    document.addEventListener("qsec-session", listen);
    const { session } = await started();
    document.removeEventListener("qsec-session", listen);
    equal(states.join(), "idle");
    equal(session.state, "connecting");
  });

  for (const name of ["relay", "room", "username", "secret", "admission"] as const) {
    it(`makes another session when "${name}" changes`, async () => {
      const { room, session } = await started();
      const next = {
        relay: "http://localhost:1",
        room: "retro",
        username: "ann",
        secret: createRoomSecret(),
        admission: "verify",
      }[name];
      Object.assign(room, { [name]: next, ...(name === "admission" ? { secret: "" } : {}) });
      await room.updateComplete;
      ok(room.session !== null && room.session !== session, "another session");
      await until("the end of the first", () => session.state === "closed");
    });
  }

  it("keeps the session when it is moved, also across a microtask", async () => {
    const { room, session } = await started();
    const elsewhere = document.createElement("div");
    document.body.append(elsewhere);
    room.remove();
    await Promise.resolve();
    elsewhere.append(room);
    await nextTask();
    await room.updateComplete;
    equal(room.session, session, "session");
    equal(session.state, "connecting");
  });

  it("ends the session when it is taken out, and makes a new one when it comes back", async () => {
    const { room, session } = await started();
    const box = room.parentElement!;
    room.remove();
    await until("the end", () => session.state === "closed");
    equal(room.session, null, "session");
    box.append(room);
    await room.updateComplete;
    ok(room.session !== null && room.session !== session, "another session");
  });

  it("closes at once when the page goes, and starts again when the page comes back from the cache", async () => {
    const { room, session } = await started();
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    equal(session.state, "closed");
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await room.updateComplete;
    equal(room.session?.state, "connecting");
  });

  it("leaves on request, says so, and can join again", async () => {
    const { room, session } = await started();
    const left = new Promise((resolve) => room.addEventListener("qsec-left", resolve, { once: true }));
    deep<HTMLButtonElement>(room, ".leave")!.click();
    await answer(room, false);
    equal(session.state, "connecting", "state after No");
    deep<HTMLButtonElement>(room, ".leave")!.click();
    await answer(room, true);
    await left;
    equal(session.state, "closed");
    await until("the farewell", () => deep(room, ".notice h2")?.textContent === "You have left the room");
    await expectAccessible(room);
    deep<HTMLButtonElement>(room, ".notice button")!.click();
    await until("a new session", () => room.session !== null && room.session !== session);
  });

  it("does not end a session that was given to it", async () => {
    const { session } = await started();
    const second = place("qsec-room", { session });
    await second.updateComplete;
    second.remove();
    await nextTask();
    equal(session.state, "connecting");
  });
});
