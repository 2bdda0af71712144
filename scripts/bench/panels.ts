import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import type * as Charts from "../../packages/widget/src/telemetry/charts/charts.js";
import { exchangeThatIs, type Told } from "../gallery/traces.js";
import { number, printTable, type Row } from "./harness.js";

const DIST = "packages/widget/dist";
const WINDOW = { width: 1000, height: 800 };
/** How long each panel is watched, ms. */
const WATCHED = 3_000;

const PANELS = [
  { panel: "qsec-channel-monitor", state: "exchanging", open: null },
  { panel: "qsec-channel-monitor", state: "secure", open: null },
  { panel: "qsec-channel-monitor", state: "noisy", open: null },
  { panel: "qsec-channel-monitor", state: "eavesdropper", open: null },
  { panel: "qsec-bloch-sphere", state: "secure", open: null },
  { panel: "qsec-bloch-3d", state: "secure", open: "Open in 3D" },
] as const;

/** What the page does for each frame of a panel that moves, and for each drawing of the charts, in a real Chromium. */
export async function benchPanels(): Promise<void> {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const rows: Row[] = [];
  try {
    const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
    for (const { panel, state, open } of PANELS) {
      const page = await opened(await browser.newPage({ viewport: WINDOW }), address);
      const told = await exchangeThatIs(state);
      await page.evaluate(place, { panel, told });
      if (open !== null) await page.getByRole("button", { name: open }).click();
      // Code is fetched and compiled in the first frames.
      await page.waitForTimeout(800);
      rows.push(rowOf(`${panel}, ${state}`, await page.evaluate(watchFrames, WATCHED)));
      await page.close();
    }
    rows.push(...(await benchCharts(await opened(await browser.newPage({ viewport: WINDOW }), address))));
    const laboratory = await opened(await browser.newPage({ viewport: WINDOW }), address);
    const seeds = Array.from({ length: 20 }, (_, i) => `seed-${i}`);
    rows.push(rowOf("qsec-channel-lab, a run of 65,536 qubits", await laboratory.evaluate(runLaboratory, seeds)));
    rows.push(rowOf("qsec-channel-lab, a point of a sweep of them", await laboratory.evaluate(sweepLaboratory)));
    printTable(`Work for each frame, drawing or press of a button in Chromium ${browser.version()}, ms`, rows);
  } finally {
    await browser.close();
    server.close();
  }
}

function rowOf(what: string, times: readonly number[]): Row {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => number(sorted[Math.floor((sorted.length - 1) * share)], 2);
  return { what, frames: String(times.length), median: at(0.5), p95: at(0.95), longest: at(1) };
}

async function opened(page: Page, address: string): Promise<Page> {
  // The loader of these scripts wraps named functions in a call of this helper, which no page has.
  await page.addInitScript("globalThis.__name = (given) => given");
  await page.addInitScript(measureFrames);
  await page.goto(address);
  await page.waitForFunction(() => customElements.get("qsec-qber-panel") !== undefined);
  return page;
}

/** Runs in the page before anything else: from now on each callback of an animation frame is timed, with what it sets off at once. */
function measureFrames(): void {
  const ask = globalThis.requestAnimationFrame.bind(globalThis);
  const times: number[] = [];
  Object.assign(globalThis, { frameTimes: times });
  globalThis.requestAnimationFrame = (callback) =>
    ask((now) => {
      const start = performance.now();
      callback(now);
      // Rendering of the text that goes with it comes in the microtasks.
      queueMicrotask(() => queueMicrotask(() => times.push(performance.now() - start)));
    });
}

/** Runs in the page. */
function place({ panel, told }: { panel: string; told: readonly Told[] }): void {
  const session = new EventTarget();
  const element = Object.assign(document.createElement(panel), { session });
  element.style.setProperty("inline-size", "320px");
  document.body.append(element);
  Object.assign(globalThis, { source: session, element });
  for (const { name, detail } of told) session.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Runs in the page. */
async function watchFrames(duration: number): Promise<readonly number[]> {
  const { frameTimes } = globalThis as unknown as { frameTimes: number[] };
  frameTimes.length = 0;
  await new Promise((resolve) => setTimeout(resolve, duration));
  return frameTimes.slice();
}

/** Each chart alone, as it is drawn anew after one more exchange, and the panel that holds both with its tables. */
async function benchCharts(page: Page): Promise<Row[]> {
  await page.evaluate(place, { panel: "qsec-qber-panel", told: await exchangeThatIs("secure") });
  await page.getByRole("button", { name: "Show charts" }).click();
  await page.waitForTimeout(800);
  return [
    rowOf("chart of the rates", await page.evaluate(drawChart, "rateChart" as const)),
    rowOf("chart of the stages", await page.evaluate(drawChart, "funnelChart" as const)),
    rowOf("qsec-qber-charts, both and the tables", await page.evaluate(drawCharts, 60)),
  ];
}

/** Runs in the page. */
async function drawChart(kind: "rateChart" | "funnelChart"): Promise<readonly number[]> {
  const charts = (await import(new URL("qsec-charts.js", location.href).href)) as typeof Charts;
  const box = document.createElement("div");
  box.style.cssText = "inline-size: 300px; block-size: 160px";
  const canvas = box.appendChild(document.createElement("canvas"));
  document.body.append(box);
  const chart = charts[kind](canvas);
  const colours = { text: "#222", muted: "#888", line: "#ccc", teal: "#088", amber: "#a60", red: "#b00" };
  const words = {
    ...{ limit: "11 %", exchange: "Exchange", language: "en" },
    stages: {
      qubits: "Qubits",
      detected: "Detected",
      sifted: "Sifted",
      reconciled: "Reconciled",
      amplified: "Amplified",
    },
  };
  const times: number[] = [];
  for (let last = 20; last < 80; last++) {
    const rates = Array.from({ length: 20 }, (_, i) => ({
      number: last - i,
      percent: (last - i) % 13,
      keyed: i % 2 === 0,
    }));
    const funnel = Object.keys(words.stages).map((stage, i) => ({ stage, bits: 1000 - 190 * i - last }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    chart.show({ rates, funnel, limit: 11, words } as never, colours);
    times.push(performance.now() - start);
  }
  chart.dispose();
  box.remove();
  return times;
}

/** Runs in the page: what it takes until both charts show one more exchange. */
async function drawCharts(runs: number): Promise<readonly number[]> {
  const { source, element } = globalThis as unknown as { source: EventTarget; element: HTMLElement };
  const charts = element.shadowRoot!.querySelector("qsec-qber-charts")!;
  const times: number[] = [];
  for (let attempt = 2; attempt < runs + 2; attempt++) {
    const detail = {
      ...{ peer: { id: "bob", name: "bob" }, direction: "initiator", code: "QBER", message: "", qber: 0.1 },
      ...{ attempt, willRetry: false, local: true },
    };
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    source.dispatchEvent(new CustomEvent("bb84:aborted", { detail }));
    await (element as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
    await charts.updateComplete;
    times.push(performance.now() - start);
  }
  return times;
}

type Laboratory = HTMLElement & {
  settings: object;
  run(): void;
  runSweep(name: "share"): Promise<void>;
};

/** Runs in the page: how long it can do nothing else. */
async function runLaboratory(seeds: readonly string[]): Promise<readonly number[]> {
  const laboratory = document.body.appendChild(document.createElement("qsec-channel-lab")) as Laboratory;
  const times: number[] = [];
  for (const seed of seeds) {
    laboratory.settings = { ...laboratory.settings, qubits: 65_536, seed };
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    laboratory.run();
    times.push(performance.now() - start);
  }
  return times;
}

/** Runs in the page: from one task that others get to the next. */
async function sweepLaboratory(): Promise<readonly number[]> {
  const laboratory = document.querySelector("qsec-channel-lab") as Laboratory;
  const { port1, port2 } = new MessageChannel();
  const times: number[] = [];
  let last = performance.now();
  let over = false;
  port1.onmessage = () => {
    times.push(performance.now() - last);
    last = performance.now();
    if (!over) port2.postMessage(null);
  };
  port2.postMessage(null);
  await laboratory.runSweep("share");
  over = true;
  // Those in which nothing was computed are no points.
  return times.filter((time) => time > 1);
}

/** One page with the files of the widget. */
async function serve(): Promise<Server> {
  const files = new Map<string, Buffer>();
  for (const name of ["qsec-room.js", "qsec-charts.js", "qsec-sphere.js"])
    files.set(`/${name}`, await readFile(`${DIST}/${name}`));
  const page = '<!doctype html><title>bench</title><script type="module" src="/qsec-room.js"></script>';
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    response.setHeader("Content-Type", file === undefined ? "text/html; charset=utf-8" : "text/javascript");
    response.end(file ?? page);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return server;
}
