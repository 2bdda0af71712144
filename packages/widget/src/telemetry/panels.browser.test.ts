import { emulateMedia } from "@web/test-runner-commands";
import type { QsecSession } from "@qsec2/sdk";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, textOf, until } from "../testing/dom.js";
import { clearPage, Party, place } from "../testing/members.js";

/** Whether anything but transparency is on the canvas. */
function painted(canvas: HTMLCanvasElement): boolean {
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value !== 0);
}

function picture(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL();
}

describe("a panel alone on a page", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await emulateMedia({ reducedMotion: "no-preference", colorScheme: "light" });
  });

  async function run(session: QsecSession): Promise<void> {
    const bob = party.session("bob");
    await Promise.all([session.connect(), bob.connect()]);
    await session.secured();
  }

  for (const name of [
    "qsec-channel-status",
    "qsec-bloch-sphere",
    "qsec-qber-panel",
    "qsec-event-log",
    "qsec-members",
    "qsec-key-status",
  ] as const) {
    it(`<${name}> takes a session property, and is accessible before and after a run`, async () => {
      const session = party.session("alice");
      const panel = place(name, { session }, 320);
      await panel.updateComplete;
      await expectAccessible(panel);
      const before = textOf(panel);
      await run(session);
      await until("something new in the panel", () => textOf(panel) !== before);
      await expectAccessible(panel);
    });
  }

  it("forgets one session when it is given another", async () => {
    const session = party.session("alice");
    const panel = place("qsec-qber-panel", { session }, 320);
    await run(session);
    await until("a verdict", () => textOf(panel).includes("SECURE"));
    panel.session = null;
    await until("an empty panel", () => textOf(panel).includes("PENDING"));
  });

  it("does not go on showing an exchange with somebody who has left in the middle of it", async () => {
    const [session, bob] = [party.session("alice"), party.session("bob")];
    const status = place("qsec-channel-status", { session }, 320);
    await status.updateComplete;
    const idle = textOf(status);
    // At its first step: nobody has answered yet.
    const left = new Promise<void>((resolve) => {
      const leave = (): void => {
        bob.destroy();
        resolve();
      };
      session.addEventListener("bb84:step", leave, { once: true });
    });
    await session.connect();
    await Promise.all([bob.connect().catch(() => undefined), left]);
    await until("bob to be gone", () => session.members.length === 1);
    await until("the panel as before", () => textOf(status) === idle);
  });

  it("moves the Bloch arrow through the disclosed qubits", async () => {
    const session = party.session("alice");
    const sphere = place("qsec-bloch-sphere", { session }, 320);
    await run(session);
    const canvas = await until("the canvas", () => deep<HTMLCanvasElement>(sphere, "canvas"));
    await until("the first qubit", () => textOf(sphere).includes("Qubit 1 of 32"));
    ok(painted(canvas), "picture");
    const first = picture(canvas);
    await until("another picture", () => picture(canvas) !== first);
    await until("the second qubit", () => textOf(sphere).includes("Qubit 2 of 32"));
  });

  it("shows the last qubit as a still when less motion is asked for", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const session = party.session("alice");
    const sphere = place("qsec-bloch-sphere", { session }, 320);
    await run(session);
    await until("the last qubit", () => textOf(sphere).includes("Qubit 32 of 32"));
    const canvas = deep<HTMLCanvasElement>(sphere, "canvas")!;
    const still = picture(canvas);
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    equal(picture(canvas), still, "picture five frames later");
  });

  it("needs one update for the qubits of a run", async () => {
    const session = party.session("alice");
    const sphere = place("qsec-bloch-sphere", { session }, 320);
    await sphere.updateComplete;
    const settled = new Promise<boolean>((resolve) => {
      session.addEventListener("bb84:step", ({ detail }) => detail.qubits && resolve(sphere.updateComplete));
    });
    await run(session);
    ok(await settled, "no second update");
  });

  it("draws the sphere again in the colours of a new theme", async () => {
    await emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    const sphere = place("qsec-bloch-sphere", {}, 320);
    sphere.style.setProperty("color-scheme", "light dark");
    const canvas = await until("the canvas", () => deep<HTMLCanvasElement>(sphere, "canvas"));
    await until("a picture", () => painted(canvas));
    const light = picture(canvas);
    await emulateMedia({ colorScheme: "dark" });
    await until("a dark picture", () => picture(canvas) !== light);
  });

  it("keeps the text of messages out of the event log", async () => {
    const session = party.session("alice");
    const log = place("qsec-event-log", { session }, 320);
    await run(session);
    await session.send("a very private sentence");
    await until("the row", () => textOf(log).includes("SENT"));
    ok(!textOf(log).includes("private"), "text of a message in the log");
    includes(textOf(log), "alice epoch");
  });
});
