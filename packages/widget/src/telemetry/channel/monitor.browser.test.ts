import { emulateMedia } from "@web/test-runner-commands";
import "../../define.js";
import { en } from "../../locale/en.js";
import { integer, percent } from "../../locale/format.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { abortedDetail, keyedDetail, stepDetail } from "../../testing/details.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage, Party, place } from "../../testing/members.js";
import type { StepDetail } from "../source.js";
import type { QsecChannelMonitor } from "./channel-monitor.js";

const numberOf = (panel: Element, name: string): string =>
  deep(panel, `[data-number=${name}] dd`)!.textContent.replace(/\s+/g, " ").trim();

/** How often a picture was begun while `during` ran. */
async function picturesWhile(during: () => Promise<void>): Promise<number> {
  const { prototype } = CanvasRenderingContext2D;
  const clear = prototype.clearRect;
  let count = 0;
  prototype.clearRect = function (...box) {
    count++;
    clear.apply(this, box);
  };
  try {
    await during();
  } finally {
    prototype.clearRect = clear;
  }
  return count;
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

describe("the channel monitor", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await emulateMedia({ reducedMotion: "no-preference", colorScheme: "light", forcedColors: "none" });
  });

  function alone(source: EventTarget): QsecChannelMonitor {
    return place("qsec-channel-monitor", { session: source as QsecChannelMonitor["session"] }, 320);
  }
  const tell = (source: EventTarget, name: string, detail: unknown): boolean =>
    source.dispatchEvent(new CustomEvent(name, { detail }));

  it("shows the numbers that the engine has counted in the same run", async () => {
    const session = party.session("alice");
    const steps: StepDetail[] = [];
    session.addEventListener("bb84:step", ({ detail }) => steps.push(detail));
    const panel = place("qsec-channel-monitor", { session }, 320);
    const bob = party.session("bob");
    await Promise.all([session.connect(), bob.connect()]);
    await session.secured();
    await until("a key", () => deep(panel, "[part=phase]")?.textContent === "SECURE");
    const { counts, qber } = steps.at(-1)!;
    equal(numberOf(panel, "sent"), integer(counts.qubits));
    equal(numberOf(panel, "detected"), integer(counts.qubits));
    equal(numberOf(panel, "lost"), "0");
    equal(numberOf(panel, "sifted"), integer(counts.matched!));
    equal(numberOf(panel, "qber"), percent(qber!));
    includes(deep(panel, "canvas")!.getAttribute("aria-label"), `${en.panels.channelNumber.sent}: ${counts.qubits}`);
  });

  it("has a picture, a word and a sentence of its own for each of the five states", async () => {
    await emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    const source = new EventTarget();
    const panel = alone(source);
    const seen = new Map<string, string>();
    const see = async (phase: keyof typeof en.telemetry.phase): Promise<void> => {
      await until(phase, () => deep(panel, "[part=phase]")?.textContent === phase);
      await frames(3);
      includes(textOf(panel), en.telemetry.phase[phase]);
      seen.set(phase, deep<HTMLCanvasElement>(panel, "canvas")!.toDataURL());
      await expectAccessible(panel);
    };
    await see("IDLE");
    tell(source, "bb84:step", stepDetail(3));
    await see("EXCHANGING");
    tell(source, "bb84:keyed", keyedDetail());
    await see("SECURE");
    tell(source, "bb84:aborted", abortedDetail({ code: "RECONCILE", attempt: 2 }));
    await see("NOISY");
    tell(source, "bb84:aborted", abortedDetail({ code: "QBER", qber: 0.25, attempt: 3 }));
    await see("EAVESDROPPER");
    equal(new Set(seen.values()).size, 5, "different pictures in forced colours");
  });

  it("draws nothing while it is out of sight, and is up to date when it comes back", async () => {
    const source = new EventTarget();
    const panel = alone(source);
    tell(source, "bb84:step", stepDetail(2));
    const moving = await picturesWhile(() => frames(5));
    ok(moving > 0, "pictures in sight");
    panel.parentElement!.style.setProperty("margin-block-start", "5000px");
    await frames(5);
    const away = await picturesWhile(async () => {
      tell(source, "bb84:keyed", keyedDetail());
      await panel.updateComplete;
      await frames(10);
    });
    equal(away, 0, "pictures out of sight");
    panel.parentElement!.style.removeProperty("margin-block-start");
    const back = await picturesWhile(() => frames(5));
    ok(back > 0, "pictures back in sight");
  });

  it("draws nothing in a hidden tab, however long and whatever happens, and goes on where it was", async () => {
    const source = new EventTarget();
    const panel = alone(source);
    tell(source, "bb84:step", stepDetail(2));
    await frames(5);
    let hidden = true;
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    try {
      document.dispatchEvent(new Event("visibilitychange"));
      const pictures = await picturesWhile(async () => {
        for (let attempt = 1; attempt < 200; attempt++)
          tell(source, "bb84:step", stepDetail(5, { attempt, qber: 0.01 }));
        tell(source, "bb84:keyed", keyedDetail());
        await panel.updateComplete;
        await frames(10);
      });
      equal(pictures, 0, "pictures in a hidden tab");
      hidden = false;
      document.dispatchEvent(new Event("visibilitychange"));
      ok((await picturesWhile(() => frames(4))) > 0, "pictures afterwards");
      equal(deep(panel, "[part=phase]")!.textContent, "SECURE");
    } finally {
      Reflect.deleteProperty(document, "hidden");
    }
  });

  it("survives a box without a size, and draws when it gets one", async () => {
    const panel = alone(new EventTarget());
    const box = panel.parentElement!;
    box.style.setProperty("inline-size", "0");
    box.style.setProperty("overflow", "hidden");
    await frames(4);
    box.style.setProperty("inline-size", "320px");
    const canvas = await until("the canvas", () => deep<HTMLCanvasElement>(panel, "canvas"));
    await until("a picture of its size", () => canvas.width >= canvas.clientWidth && canvas.clientWidth > 100);
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    ok(
      data.some((value) => value !== 0),
      "picture",
    );
  });
});
