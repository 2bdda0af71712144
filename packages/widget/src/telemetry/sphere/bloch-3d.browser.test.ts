import { emulateMedia } from "@web/test-runner-commands";
import type { DisclosedQubit } from "@qsec2/sdk";
import "../../define.js";
import { en } from "../../locale/en.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { keyedDetail, qubit, stepDetail } from "../../testing/details.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage, Party, place } from "../../testing/members.js";
import { frames, inHiddenTab, painted, sourceOf, tell } from "../../testing/panels.js";
import type { QsecBloch3d } from "./bloch-3d.js";

const QUBITS: readonly DisclosedQubit[] = [
  qubit({ basis: 0, bit: 0 }, { basis: 0, bit: 0 }),
  qubit({ basis: 1, bit: 0 }, { basis: 0, bit: 1 }),
  qubit({ basis: 1, bit: 1 }, { basis: 1, bit: 0 }),
];

const detail = (panel: Element, name: string): string =>
  deep(panel, `[data-detail=${name}] dd`)!.textContent.replace(/\s+/g, " ").trim();
const press = (panel: Element, name: string): void => deep<HTMLButtonElement>(panel, `[data-do=${name}]`)!.click();
const spaceOf = (panel: Element): HTMLCanvasElement => deep<HTMLCanvasElement>(panel, "canvas.space")!;

/** The picture, in the task that has drawn it: later the browser has taken it out of the canvas. */
async function pixels(panel: QsecBloch3d): Promise<string> {
  await frames(2);
  panel.requestUpdate();
  await panel.updateComplete;
  return spaceOf(panel).toDataURL();
}

async function untilOther(panel: QsecBloch3d, than: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) if ((await pixels(panel)) !== than) return;
  throw new Error("waited in vain for another picture");
}

describe("the Bloch sphere in space", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await emulateMedia({ reducedMotion: "no-preference", colorScheme: "light" });
  });

  async function opened(qubits: readonly DisclosedQubit[] = QUBITS): Promise<[QsecBloch3d, EventTarget]> {
    const source = sourceOf();
    const panel = place("qsec-bloch-3d", { session: source }, 320);
    tell(source, "bb84:step", stepDetail(5, { qubits }));
    await panel.updateComplete;
    deep<HTMLButtonElement>(panel, "button")!.click();
    await until("the dialog", () => deep(panel, "dialog[open]"));
    return [panel, source];
  }
  const inSpace = async (...args: Parameters<typeof opened>): ReturnType<typeof opened> => {
    const result = await opened(...args);
    await until("the sphere in space", () => !spaceOf(result[0]).hidden && spaceOf(result[0]).width > 300);
    return result;
  };

  it("fetches Three.js when it is opened, not before", async () => {
    performance.clearResourceTimings();
    const fetched = (): boolean => performance.getEntriesByType("resource").some(({ name }) => name.includes("three"));
    const sphere = place("qsec-bloch-sphere", {}, 320);
    await sphere.updateComplete;
    await frames(3);
    ok(!fetched(), "no Three.js before");
    deep<HTMLButtonElement>(sphere, "[part=open]")!.click();
    await until("Three.js", fetched);
  });

  it("shows the sender's state, the basis, the result and the collapse of each qubit, one by one", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const [panel] = await inSpace();
    includes(detail(panel, "sent"), "|0⟩ bit 0 · Rectilinear");
    equal(detail(panel, "verdict"), en.bloch.match);
    press(panel, "on");
    await panel.updateComplete;
    includes(detail(panel, "sent"), "|+⟩ bit 0 · Diagonal");
    equal(detail(panel, "basis"), "Rectilinear");
    includes(detail(panel, "result"), "|1⟩ bit 1");
    equal(detail(panel, "verdict"), en.bloch.collapse);
    press(panel, "on");
    await panel.updateComplete;
    equal(detail(panel, "verdict"), en.bloch.error);
    press(panel, "back");
    await panel.updateComplete;
    equal(detail(panel, "verdict"), en.bloch.collapse);
    await expectAccessible(panel);
  });

  it("shows what the engine has disclosed in a real run", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const session = party.session("alice");
    const panel = place("qsec-bloch-3d", { session }, 320);
    const disclosed = new Promise<readonly DisclosedQubit[]>((resolve) =>
      session.addEventListener("bb84:step", (event) => event.detail.qubits && resolve(event.detail.qubits)),
    );
    const bob = party.session("bob");
    await Promise.all([session.connect(), bob.connect()]);
    const qubits = await disclosed;
    await panel.show();
    includes(textOf(panel), en.bloch.place(1, qubits.length));
    const { sent } = qubits[0];
    if (sent.bit !== null) includes(detail(panel, "sent"), en.panels.sphere.bit(sent.bit));
    includes(detail(panel, "sent"), sent.basis === 0 ? en.bloch.rectilinear : en.bloch.diagonal);
  });

  it("plays, pauses, and goes into an orbit when the run gave a key", async () => {
    const [panel, source] = await inSpace();
    const first = await pixels(panel);
    await untilOther(panel, first);
    press(panel, "play");
    await panel.updateComplete;
    includes(textOf(panel), en.panels.sphere.play);
    press(panel, "on");
    press(panel, "on");
    press(panel, "on");
    await panel.updateComplete;
    const still = await pixels(panel);
    equal(await pixels(panel), still, "a paused picture");
    tell(source, "bb84:keyed", keyedDetail());
    await untilOther(panel, still);
  });

  it("is turned with the arrow keys", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const [panel] = await inSpace();
    const before = await pixels(panel);
    spaceOf(panel).dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    ok((await pixels(panel)) !== before, "another view");
  });

  it("draws flat where WebGL is refused, and says so", async () => {
    const { prototype } = HTMLCanvasElement;
    const getContext = prototype.getContext;
    prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: never[]) {
      return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...more);
    } as typeof getContext;
    try {
      const [panel] = await opened();
      await until("the notice", () => textOf(panel).includes(en.panels.sphere.notice.refused));
      const flat = deep<HTMLCanvasElement>(panel, "canvas.flat")!;
      await until("a flat picture", () => !flat.hidden && painted(flat));
      await expectAccessible(panel);
    } finally {
      prototype.getContext = getContext;
    }
  });

  it("draws flat while its graphics context is lost, and in space again when it is back", async () => {
    const [panel] = await inSpace();
    const context = spaceOf(panel).getContext("webgl2")!;
    const extension = context.getExtension("WEBGL_lose_context")!;
    extension.loseContext();
    await until("the notice", () => textOf(panel).includes(en.panels.sphere.notice.lost));
    const flat = deep<HTMLCanvasElement>(panel, "canvas.flat")!;
    await until("a flat picture", () => !flat.hidden && painted(flat));
    extension.restoreContext();
    await until("the sphere in space", () => !spaceOf(panel).hidden);
  });

  it("gives its graphics context back each time it is closed", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const [panel] = await inSpace();
    let context = spaceOf(panel).getContext("webgl2")!;
    // Browsers take the oldest context away when there are more than sixteen.
    for (let time = 0; time < 24; time++) {
      deep<HTMLButtonElement>(panel, "dialog button.square")!.click();
      await until("no dialog", () => deep(panel, "dialog") === null);
      ok(context.isContextLost(), "a context that was given back");
      await panel.show();
      await until("the sphere in space", () => !spaceOf(panel).hidden);
      context = spaceOf(panel).getContext("webgl2")!;
      ok(!context.isContextLost(), "a context");
    }
    panel.remove();
    ok(context.isContextLost(), "a context after the element is gone");
  });

  it("draws nothing in a hidden tab", async () => {
    const [panel] = await inSpace();
    await inHiddenTab(async () => {
      const place = textOf(deep(panel, ".place")!);
      const before = spaceOf(panel).toDataURL();
      await new Promise((resolve) => setTimeout(resolve, 300));
      equal(textOf(deep(panel, ".place")!), place);
      equal(spaceOf(panel).toDataURL(), before);
    });
  });

  it("says so where nothing has been measured, and takes up the qubits that come while it is open", async () => {
    const [panel, source] = await opened([]);
    includes(textOf(panel), en.bloch.idle);
    tell(source, "bb84:step", stepDetail(5, { attempt: 2, qubits: QUBITS }));
    await until("the first qubit", () => textOf(panel).includes(en.bloch.place(1, 3)));
  });
});
