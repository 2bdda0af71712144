import { createRoomSecret, type QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { clearPage, Party, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const send = (room: QsecRoom): HTMLButtonElement => deep<HTMLButtonElement>(room, "button.send")!;
const line = (room: QsecRoom): string =>
  deep(deep(room, "qsec-connection-status") ?? room, ".line")?.textContent?.trim() ?? "";

describe("<qsec-room> with sessions on a relay in the page", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(() => {
    party.end();
    clearPage();
  });

  async function secured(): Promise<{ room: QsecRoom; alice: QsecSession; bob: QsecSession }> {
    const [alice, bob] = [party.session("alice"), party.session("bob")];
    const room = place("qsec-room", { session: alice });
    await room.updateComplete;
    await Promise.all([alice.connect(), bob.connect()]);
    await Promise.all([alice.secured(), bob.secured()]);
    await until("an active channel", () => line(room) === "Secure channel active");
    return { room, alice, bob };
  }

  it("goes from waiting to a secure channel, and says why Send is disabled until then", async () => {
    const alice = party.session("alice");
    const room = place("qsec-room", { session: alice });
    await alice.connect();
    await until("the waiting line", () => line(room) === "Waiting for peers (1 of 2)");
    equal(send(room).disabled, true, "Send while waiting");
    const reason = deep(room, `#${send(room).getAttribute("aria-describedby")!}`)!;
    includes(reason.textContent, "You can send once");
    includes(textOf(room), "Nobody else is here yet");
    await expectAccessible(room);

    const bob = party.session("bob");
    await bob.connect();
    await alice.secured();
    await until("an active channel", () => line(room) === "Secure channel active");
    equal(send(room).disabled, false, "Send when secured");
    await expectAccessible(room);
  });

  it("says on both sides that who is listed has another invite, and offers to send this one", async () => {
    const [alice, mallory] = [party.session("alice"), party.session("mallory", { secret: createRoomSecret() })];
    const rooms = [place("qsec-room", { session: alice }), place("qsec-room", { session: mallory })];
    await Promise.all(rooms.map((room) => room.updateComplete));
    await alice.connect();
    await mallory.connect();
    await until("the word to alice", () => textOf(rooms[0]).includes("mallory does not have this invite"));
    await until("the word to mallory", () => textOf(rooms[1]).includes("alice does not have this invite"));
    const empty = deep(rooms[0], "qsec-empty-state")!;
    includes(textOf(empty), "Copy invite link");
    equal(textOf(rooms[0]).includes("Nobody else is here yet"), false, "nobody, with two in the list");
    await expectAccessible(rooms[0]);
    await mallory.leave();
    await until("nobody again", () => textOf(empty).includes("Nobody else is here yet"));
  });

  it("shows what the run measured: phase, verdict and the six steps", async () => {
    const { room } = await secured();
    const telemetry = deep(room, ".telemetry")!;
    await until("the verdict", () => textOf(telemetry).includes("SECURE") && !textOf(telemetry).includes("PENDING"));
    includes(textOf(telemetry), "Step 6 of 6");
    includes(textOf(telemetry), "4,096");
    includes(textOf(telemetry), "BB84 KEY");
    const canvas = deep<HTMLCanvasElement>(deep(room, "qsec-bloch-sphere")!, "canvas")!;
    equal(canvas.getAttribute("role"), "img");
    await until("a qubit in the label", () => canvas.getAttribute("aria-label")?.includes("measured"));
  });

  it("sends what is typed and shows both sides' messages as text, never as HTML", async () => {
    const { room, bob } = await secured();
    const field = deep<HTMLTextAreaElement>(room, "textarea")!;
    const received = new Promise<string>((resolve) =>
      bob.addEventListener("message", ({ detail }) => resolve(detail.text), { once: true }),
    );
    field.value = "hello <b>bob</b> https://example.org/x.";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    equal(await received, "hello <b>bob</b> https://example.org/x.");
    const log = deep(room, "[role=log]")!;
    await until("my bubble", () => log.textContent?.includes("hello <b>bob</b>"));
    equal(log.querySelector("b"), null, "HTML of a message");
    const link = log.querySelector("a")!;
    equal(link.href, "https://example.org/x");
    equal(link.rel, "noopener noreferrer");
    equal(field.value, "", "field after sending");

    await bob.send("a <img src=x> answer");
    await until("bob's bubble", () => log.textContent?.includes("a <img src=x> answer"));
    equal(log.querySelector("img"), null, "HTML of a message");
    await expectAccessible(room);
  });

  it("keeps the message list mounted and only adds to it", async () => {
    const { room, alice, bob } = await secured();
    const log = deep(room, "[role=log]")!;
    const removed: Node[] = [];
    const watch = new MutationObserver((records) => records.forEach((record) => removed.push(...record.removedNodes)));
    watch.observe(log, { childList: true });
    await alice.send("one");
    await bob.send("two");
    await until("both messages", () => log.textContent?.includes("one") && log.textContent.includes("two"));
    watch.disconnect();
    equal(deep(room, "[role=log]"), log, "list");
    equal(removed.filter((node) => node instanceof Element).length, 0, "removed rows");
  });

  it("gives a text back that could not be sent, with the reason", async () => {
    const { room, alice } = await secured();
    const text = "x".repeat(70_000);
    const field = deep<HTMLTextAreaElement>(room, "textarea")!;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    send(room).click();
    const alert = await until("the reason", () => deep(room, ".failure"));
    includes(alert.textContent, "Not sent.");
    equal(alert.getAttribute("role"), "alert");
    equal(field.value, text, "text");
    equal(alice.state, "secured");
  });

  it("says in plain words that an exchange was stopped, with the measured error rate, and retries", async () => {
    const alice = party.session("alice");
    const bob = party.session("bob", { channel: { eve: 1 } });
    const room = place("qsec-room", { session: alice });
    const aborted = new Promise((resolve) => room.addEventListener("qsec-aborted", resolve, { once: true }));
    await room.updateComplete;
    await Promise.all([alice.connect(), bob.connect()]);
    await aborted;
    const banner = await until("the banner", () => deep(room, ".banner"));
    equal(banner.getAttribute("role"), "alert");
    ok(/\d+\.\d%/.test(banner.textContent ?? ""), "error rate in the banner");
    includes(banner.textContent, "No key was made");
    await until("the demo badge", () => textOf(room).includes("DEMO EVE ON"));
    includes(textOf(deep(room, ".telemetry")!), "EAVESDROPPER");
    includes(textOf(deep(room, ".telemetry")!), "ABORTED");
    equal(send(room).disabled, true, "Send after an abort");
    await expectAccessible(room);

    const again = new Promise((resolve) => alice.addEventListener("bb84:step", resolve, { once: true }));
    banner.querySelector("button")!.click();
    await again;
  });

  it("writes a line into the conversation when a member joins and when one leaves", async () => {
    const { room, bob } = await secured();
    const log = deep(room, "[role=log]")!;
    await until("the joining line", () => log.textContent?.includes("bob joined"));
    await bob.leave();
    await until("the leaving line", () => log.textContent?.includes("bob left"));
    const alarms = deep(room, "qsec-alerts")?.shadowRoot?.textContent ?? "";
    ok(!alarms.includes("Security"), "a goodbye is no alarm");
  });

  it("says in plain words that the leader has removed this person", async () => {
    const { room, bob } = await secured();
    const theirs = place("qsec-room", { session: bob });
    await theirs.updateComplete;
    const told: string[] = [];
    theirs.addEventListener("qsec-removed", ({ detail }) => told.push(detail.by.name));
    await room.session!.kick(bob.id);
    await until("the notice", () => textOf(theirs).includes("alice removed you"));
    equal(bob.state, "closed");
    equal(told.join(), "alice");
    await expectAccessible(theirs);
  });
});
