import { createRoomSecret } from "@qsec2/sdk";
import type { QsecChat } from "../chat/chat.js";
import "../define.js";
import { registerTranslation } from "../index.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { clearPage, Party, place } from "../testing/members.js";

describe("elements in somebody's page", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(() => {
    party.end();
    clearPage();
    document.documentElement.lang = "en";
  });

  for (const [lang, words, direction] of [
    ["de", "Raum verlassen", "ltr"],
    ["ar", "مغادرة الغرفة", "rtl"],
  ] as const) {
    it(`speaks ${lang} where the page does, follows the page, and lets an element speak otherwise`, async () => {
      const [alice, bob] = [party.session("alice"), party.session("bob")];
      const room = place("qsec-room", { session: alice });
      await Promise.all([alice.connect(), bob.connect()]);
      await Promise.all([alice.secured(), bob.secured()]);
      document.documentElement.lang = lang;
      await until("the words", () => textOf(room).includes(words));
      equal(getComputedStyle(deep(room, "qsec-members")!).direction, direction);
      const columns = deep(room, ".columns")!;
      ok(columns.scrollWidth <= columns.clientWidth, "width of the columns");
      await expectAccessible(room);
      room.lang = "en";
      await until("English", () => textOf(room).includes("Leave room"));
      equal(getComputedStyle(room).direction, "ltr");
    });
  }

  it("takes a language that was added later", async () => {
    const room = place("qsec-room", { session: party.session("alice"), lang: "eo" });
    await room.updateComplete;
    includes(textOf(room), "Leave room");
    registerTranslation("eo", { room: { leave: "Forlasi la ĉambron" } });
    await until("the words", () => textOf(room).includes("Forlasi la ĉambron"));
  });

  it("shows what stands in the slots header and empty", async () => {
    const room = place("qsec-room", { session: party.session("alice") });
    room.innerHTML = '<button slot="header">Help</button><p slot="empty">Nobody yet</p>';
    await room.updateComplete;
    const [help, nobody] = [...room.children];
    await until("the header", () => help.getClientRects().length > 0);
    await until("the empty state", () => nobody.getClientRects().length > 0);
    equal(deep(room, "qsec-empty-state")?.getClientRects().length ?? 0, 0, "own empty state");
    await expectAccessible(room);
  });

  it("leaves no gap where a page hides a side column, and no button that opens nothing", async () => {
    const style = document.createElement("style");
    style.textContent = "qsec-room::part(telemetry), qsec-room::part(open-telemetry) { display: none }";
    document.head.append(style);
    try {
      const room = place("qsec-room", { session: party.session("alice") });
      for (const width of [1200, 900]) {
        room.style.inlineSize = `${width}px`;
        await room.updateComplete;
        const [sidebar, centre] = [deep(room, ".sidebar")!, deep(room, ".centre")!];
        await until("both columns", () => sidebar.offsetWidth + centre.offsetWidth === width);
        equal(sidebar.offsetWidth, 280);
        equal(deep(room, "[data-open=telemetry]")!.getClientRects().length, 0, "buttons");
      }
    } finally {
      style.remove();
    }
  });

  it("lines a button of the page up with the composer's own", async () => {
    const room = place("qsec-room", { session: party.session("alice") });
    room.innerHTML = '<button slot="composer-actions">Template</button>';
    const send = await until("the composer", () => deep(room, ".send"));
    const [own, theirs] = [send.getBoundingClientRect(), room.firstElementChild!.getBoundingClientRect()];
    ok(Math.abs(own.top + own.bottom - theirs.top - theirs.bottom) <= 2, "in the middle of the same line");
  });

  it("gives the link, and the focus to where messages are written", async () => {
    const alice = party.session("alice");
    const room = place("qsec-room", { session: alice, invitePage: "https://chat.example" });
    await room.updateComplete;
    ok(room.inviteLink()?.startsWith("https://chat.example/room/standup"), "link");
    const field = await until("the field", () => deep<HTMLTextAreaElement>(room, "textarea"));
    room.focus();
    await until("the focus", () => field.matches(":focus"));
    alice.destroy();
    equal(room.inviteLink(), null);
  });

  it("is as discreet and as silent as it is told to be", async () => {
    const room = place("qsec-room", { session: party.session("alice") });
    room.setAttribute("discreet", "");
    room.setAttribute("announce", "off");
    await room.updateComplete;
    const chat = await until("the conversation", () => deep<QsecChat>(room, "qsec-chat"));
    equal(chat.discreet, true);
    await until("silence", () => deep(room, "[role=log]")?.getAttribute("aria-live") === "off");
  });

  it("shows one session in elements that stand alone", async () => {
    const [alice, bob] = [party.session("alice"), party.session("bob")];
    const names = ["qsec-chat", "qsec-members", "qsec-channel-status", "qsec-bloch-sphere", "qsec-qber-panel"] as const;
    const elements = [...names, "qsec-event-log" as const].map((name) => place(name, { session: alice }));
    await Promise.all([alice.connect(), bob.connect()]);
    await Promise.all([alice.secured(), bob.secured()]);
    await bob.send("shown once");
    await until("the message", () => textOf(elements[0]).includes("shown once"));
    await until("bob", () => textOf(elements[1]).includes("Proved the invite"));
    await until("the verdict", () => textOf(elements[4]).includes("SECURE"));
    for (const element of elements) await expectAccessible(element);
  });

  it("compares from a list of members that stands alone", async () => {
    const [alice, bob] = [party.session("alice"), party.session("bob")];
    const list = place("qsec-members", { session: alice });
    await Promise.all([alice.connect(), bob.connect()]);
    await Promise.all([alice.secured(), bob.secured()]);
    const compare = await until("the button", () =>
      deep<HTMLButtonElement>(list, '[aria-label="Compare codes with bob"]'),
    );
    compare.click();
    const dialog = await until("the emoji", () => deep<HTMLDialogElement>(list, "dialog[open]"));
    equal(dialog.querySelectorAll("li").length, 7);
    await expectAccessible(list);
  });

  it("takes the colours it is given, and the theme it is set to", async () => {
    const room = place("qsec-room", { relay: location.origin, room: "r", username: "a", secret: createRoomSecret() });
    room.style.setProperty("--qsec-bg", "rgb(1, 2, 3)");
    await room.updateComplete;
    equal(getComputedStyle(room).backgroundColor, "rgb(1, 2, 3)");
    room.theme = "dark";
    await room.updateComplete;
    equal(getComputedStyle(room).colorScheme, "dark");
  });
});
