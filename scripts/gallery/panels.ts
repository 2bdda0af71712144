import { readFile } from "node:fs/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import { FOLDER, type Studio } from "./studio.js";
import { exchangeThatIs, type Ending, type Told } from "./traces.js";

const ORIGIN = "http://panels.example";
const DIST = "packages/widget/dist";
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Panels</title>
<style>:root{color-scheme:light dark}body{display:grid;grid-template-columns:repeat(4,320px);gap:16px;align-items:start;margin:16px;background:Canvas}
body>*{padding:16px;outline:1px solid #8884;min-height:60px}qsec-event-log{height:420px}</style>
<script type="module" src="/qsec-room.js"></script>`;

const PANELS = ["qsec-channel-monitor", "qsec-bloch-sphere", "qsec-qber-panel", "qsec-event-log"] as const;

const LOOKS = [
  { name: "light", colorScheme: "light", forcedColors: "none" },
  { name: "dark", colorScheme: "dark", forcedColors: "none" },
  { name: "forced", colorScheme: "dark", forcedColors: "active" },
] as const;

/** Every panel in every state of the channel: light, dark and in forced colours; what they show is told by real exchanges. */
export async function panels(_studio: Studio): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    await drawState(browser, "idle", []);
    for (const ending of ["exchanging", "secure", "noisy", "eavesdropper"] as const satisfies readonly Ending[])
      await drawState(browser, ending, await exchangeThatIs(ending));
  } finally {
    await browser.close();
  }
}

async function drawState(browser: Browser, state: string, told: readonly Told[]): Promise<void> {
  const page = await panelPage(browser);
  await page.evaluate(
    ({ names, events }) => {
      const source = new EventTarget();
      for (const name of names) document.body.append(Object.assign(document.createElement(name), { session: source }));
      for (const { name, detail } of events) source.dispatchEvent(new CustomEvent(name, { detail }));
    },
    { names: PANELS, events: told },
  );
  await page.getByRole("button", { name: "Show charts" }).click();
  // The trace comes in, the first qubits are shown, and the charts are there.
  await page.waitForTimeout(1_600);
  for (const { name, ...media } of LOOKS) {
    await page.emulateMedia(media);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${FOLDER}/panels-${state}-${name}.png`, fullPage: true });
  }
  await page.close();
}

/** A page with the elements of the built bundle, and nothing on it. */
export async function panelPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1376, height: 700 } });
  await page.addInitScript("globalThis.__name = (given) => given");
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === "") return route.fulfill({ contentType: "text/html", body: PAGE });
    if (!/^qsec-[a-z-]+\.js$/.test(name)) return route.fulfill({ status: 404, body: "" });
    return route.fulfill({ contentType: "text/javascript", body: await readFile(`${DIST}/${name}`) });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => customElements.get("qsec-qber-panel") !== undefined);
  return page;
}
