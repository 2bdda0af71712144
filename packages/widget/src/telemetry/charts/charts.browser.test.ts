import { emulateMedia } from "@web/test-runner-commands";
import "../../define.js";
import { en } from "../../locale/en.js";
import { integer, percent } from "../../locale/format.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { abortedDetail, keyedDetail, stepDetail } from "../../testing/details.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage, Party, place } from "../../testing/members.js";
import { boundOf } from "../qber/bound.js";
import type { QsecQberPanel } from "../qber/qber-panel.js";
import { keyed, NO_RUNS, stepped } from "../runs.js";

const hasFetchedCharts = (): boolean =>
  performance.getEntriesByType("resource").some(({ name }) => /chart\.js|charts\/charts\.ts/.test(name));

const painted = (canvas: HTMLCanvasElement): boolean =>
  canvas.width > 0 &&
  canvas
    .getContext("2d")!
    .getImageData(0, 0, canvas.width, canvas.height)
    .data.some((value) => value !== 0);

describe("the QBER panel", () => {
  let party: Party;
  beforeEach(() => (party = new Party()));
  afterEach(async () => {
    party.end();
    clearPage();
    await emulateMedia({ colorScheme: "light" });
  });

  it("fetches Chart.js when the charts are opened, not before, and frees them when they are closed", async () => {
    // The list of what was fetched has a fixed length, and the modules of the page fill it.
    performance.clearResourceTimings();
    const source = new EventTarget();
    const panel = place("qsec-qber-panel", { session: source as QsecQberPanel["session"] }, 320);
    await panel.updateComplete;
    ok(!hasFetchedCharts(), "no Chart.js before");
    const button = await until("the button", () => deep<HTMLButtonElement>(panel, "button[aria-expanded]"));
    button.click();
    const canvases = await until("the charts", () => {
      const all = ["rates", "funnel"].map((name) => deep<HTMLCanvasElement>(panel, `canvas.${name}`));
      return all.every((canvas) => canvas !== null && painted(canvas)) ? (all as HTMLCanvasElement[]) : null;
    });
    ok(hasFetchedCharts(), "Chart.js");
    const { Chart } = await import("chart.js");
    for (const canvas of canvases) ok(Chart.getChart(canvas) !== undefined, "a chart");
    const before = canvases[0].toDataURL();
    source.dispatchEvent(new CustomEvent("bb84:step", { detail: stepDetail(5, { qber: 0.25 }) }));
    source.dispatchEvent(new CustomEvent("bb84:aborted", { detail: abortedDetail({ qber: 0.25 }) }));
    await until("a point", () => canvases[0].toDataURL() !== before);
    deep<HTMLElement>(panel, "details:not([open]) summary")!.click();
    await expectAccessible(panel);
    button.click();
    await until("no canvas", () => deep(panel, "canvas.rates") === null);
    for (const canvas of canvases) equal(Chart.getChart(canvas), undefined, "a chart afterwards");
  });

  it("frees the charts when it is taken out of the page, and draws again when it is put back", async () => {
    const panel = place("qsec-qber-panel", {}, 320);
    (await until("the button", () => deep<HTMLButtonElement>(panel, "button[aria-expanded]"))).click();
    const canvas = await until("the chart", () => deep<HTMLCanvasElement>(panel, "canvas.rates"));
    const { Chart } = await import("chart.js");
    await until("a chart", () => Chart.getChart(canvas));
    const box = panel.parentElement!;
    panel.remove();
    equal(Chart.getChart(canvas), undefined, "a chart without a page");
    box.append(panel);
    await until("a chart again", () => Chart.getChart(canvas));
  });

  it("shows the account and the bound that follow from what the engine has counted in the same run", async () => {
    const session = party.session("alice");
    let runs = NO_RUNS;
    session.addEventListener("bb84:step", ({ detail }) => (runs = stepped(runs, detail)));
    session.addEventListener("bb84:keyed", ({ detail }) => (runs = keyed(runs, detail)));
    const panel = place("qsec-qber-panel", { session }, 320);
    const bob = party.session("bob");
    await Promise.all([session.connect(), bob.connect()]);
    await session.secured();
    await until("a verdict", () => textOf(panel).includes(en.qber.verdict.secure));
    const { counts } = runs.current!;
    const bits = (name: string): string | undefined =>
      deep(panel, `[data-share=${name}] .bits`)?.textContent ?? undefined;
    equal(bits("secret"), integer(counts.secret!));
    equal(bits("sample"), integer(counts.sampled!));
    equal(bits("leaked"), integer(counts.leaked!));
    equal(bits("unmatched"), integer(counts.qubits - counts.matched!));
    includes(deep(panel, "[part=bound]")!.textContent, percent(boundOf(runs.current)!.high));
  });

  it("stays responsive with ten peers that exchange at once, and keeps their numbers apart", async () => {
    const source = new EventTarget();
    const panel = place("qsec-qber-panel", { session: source as QsecQberPanel["session"] }, 320);
    const peers = Array.from({ length: 10 }, (_, i) => ({ id: `id-${i}`, name: `peer ${i}` }));
    for (const step of [1, 2, 3, 4, 5, 6] as const)
      for (const [i, peer] of peers.entries()) {
        const counts = { qubits: 65_536, matched: 32_000 + i, sampled: 8000, errors: 10 * i };
        source.dispatchEvent(
          new CustomEvent("bb84:step", { detail: stepDetail(step, { peer, counts, qber: i / 800 }) }),
        );
      }
    source.dispatchEvent(
      new CustomEvent("bb84:keyed", { detail: keyedDetail({ peer: peers[3], secret: 12_345, qber: 3 / 800 }) }),
    );
    await until("the numbers of the fourth", () => textOf(panel).includes(integer(12_345)));
    includes(textOf(panel), integer(32_003));
  });
});
