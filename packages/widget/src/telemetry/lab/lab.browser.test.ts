import { emulateMedia } from "@web/test-runner-commands";
import "../../define.js";
import "./define-lab.js";
import { en } from "../../locale/en.js";
import { integer, percent } from "../../locale/format.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage } from "../../testing/members.js";
import { frames, painted } from "../../testing/panels.js";
import type { Trace } from "../trace/trace.js";
import type { QsecChannelLab } from "./channel-lab.js";
import { runExperiment } from "./experiment.js";
import { DEFAULT_SETTINGS, fragmentOf, type LabSettings } from "./settings.js";

const quantity = (lab: Element, name: string): string => deep(lab, `[data-quantity=${name}] td`)!.textContent.trim();

describe("the channel laboratory", () => {
  beforeEach(() => emulateMedia({ reducedMotion: "reduce" }));
  afterEach(async () => {
    clearPage();
    history.replaceState(null, "", location.pathname + location.search);
    await emulateMedia({ reducedMotion: "no-preference" });
  });

  function placed(): QsecChannelLab {
    const lab = document.createElement("qsec-channel-lab");
    document.body.append(lab);
    return lab;
  }
  async function set(lab: QsecChannelLab, name: string, value: string): Promise<void> {
    await lab.updateComplete;
    const field = lab.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field.value = value;
    field.dispatchEvent(new Event("change"));
    await lab.updateComplete;
  }
  const press = (lab: QsecChannelLab, value: string): void =>
    lab.renderRoot.querySelector<HTMLButtonElement>(`button[value=${value}]`)!.click();

  it("runs the engine with what is set, and shows its numbers", async () => {
    const lab = placed();
    await set(lab, "strategy", "random");
    await set(lab, "share", "20");
    await set(lab, "loss", "30");
    let trace: Trace | null = null;
    lab.addEventListener("qsec-trace", (event) => (trace = event.detail.trace));
    press(lab, "run");
    await lab.updateComplete;
    const settings: LabSettings = { ...DEFAULT_SETTINGS, strategy: "random", share: 0.2, loss: 0.3 };
    const { stats, ledger, trace: expected } = runExperiment(settings);
    equal(JSON.stringify(trace), JSON.stringify(expected));
    await until("the numbers", () => deep(lab, "[data-quantity=qber]"));
    equal(quantity(lab, "qber"), percent(stats.tally.errors / stats.tally.sifted, undefined, 2));
    equal(quantity(lab, "gain"), percent(stats.tally.detected / stats.tally.sent, undefined, 2));
    equal(deep(lab, "[data-number=lost] dd")!.textContent.trim(), integer(stats.tally.sent - stats.tally.detected));
    const bits = deep(lab, "[data-share=secret] .bits");
    if (ledger.secret > 0) equal(bits!.textContent, integer(ledger.secret));
    await expectAccessible(lab);
  });

  it("makes the same run from a link, at once, and refuses a link that cannot be", async () => {
    const settings: LabSettings = {
      ...DEFAULT_SETTINGS,
      qubits: 4096,
      strategy: "breidbart",
      share: 1,
      seed: "shared-7",
    };
    history.replaceState(null, "", `#${fragmentOf(settings)}`);
    const lab = placed();
    const { stats } = runExperiment(settings);
    await until("the numbers of the link", () => deep(lab, "[data-quantity=qber]"));
    equal(quantity(lab, "qber"), percent(stats.tally.errors / stats.tally.sifted, undefined, 2));
    includes(textOf(lab), "EAVESDROPPER");
    location.hash = "#lab&qubits=7";
    await until("the refusal", () => textOf(lab).includes("'qubits' must be a whole number from 64 to 65,536."));
  });

  it("does not take what cannot be", async () => {
    const lab = placed();
    await set(lab, "noise", "77");
    equal(lab.settings.noise, DEFAULT_SETTINGS.noise);
    await set(lab, "noise", "7");
    equal(lab.settings.noise, 0.07);
    await set(lab, "seed", "no spaces");
    equal(lab.settings.seed, DEFAULT_SETTINGS.seed);
  });

  it("draws a sweep point by point while the page goes on, and can be stopped", async () => {
    const lab = placed();
    await set(lab, "qubits", "65536");
    press(lab, "share");
    let drawn = 0;
    const count = (): void => {
      drawn++;
      if (drawn < 1000) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await until("the last point", () => deep(lab, "qsec-lab-plot")?.shadowRoot?.querySelectorAll("tr").length === 12);
    ok(drawn > 8, `${drawn} frames during a sweep`);
    await until("a picture", () => painted(deep<HTMLCanvasElement>(deep(lab, "qsec-lab-plot")!, "canvas")!));
    await expectAccessible(lab);
    press(lab, "noise");
    await until("a stop", () => deep<HTMLButtonElement>(lab, "[data-lab=stop]")).then((stop) => stop.click());
    await frames(3);
    const rows = deep(lab, "qsec-lab-plot")!.shadowRoot!.querySelectorAll("tr").length;
    await frames(20);
    equal(deep(lab, "qsec-lab-plot")!.shadowRoot!.querySelectorAll("tr").length, rows);
    equal(deep(lab, "[data-lab=stop]"), null);
    includes(textOf(lab), en.panels.lab.sweepTitle);
  });
});
