import { mkdir, writeFile } from "node:fs/promises";
import { chromium, type Browser } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import { panelPage } from "./panels.js";
import { FOLDER, type Studio } from "./studio.js";
import { exchangeThatIs, type Told } from "./traces.js";

const PANELS = ["qsec-channel-monitor", "qsec-bloch-sphere", "qsec-qber-panel"] as const;
const WINDOW = { width: 1040, height: 520 };
/** When each picture is taken after an event, ms. */
const MOMENTS = [150, 600] as const;

/** A run that gives a key and one that is eavesdropped on, picture by picture and as one film strip. */
export async function sequence(_studio: Studio): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    for (const ending of ["secure", "eavesdropper"] as const) {
      const frames = await filmed(browser, await exchangeThatIs(ending));
      const folder = `${FOLDER}/sequence-${ending}`;
      await mkdir(folder, { recursive: true });
      for (const [i, frame] of frames.entries())
        await writeFile(`${folder}/${String(i + 1).padStart(2, "0")}.png`, frame);
      await writeFile(`${FOLDER}/sequence-${ending}.png`, await filmStrip(browser, frames));
    }
  } finally {
    await browser.close();
  }
}

async function filmed(browser: Browser, told: readonly Told[]): Promise<readonly Buffer[]> {
  const page = await panelPage(browser);
  await page.setViewportSize(WINDOW);
  const source = await page.evaluateHandle((names) => {
    const session = new EventTarget();
    for (const name of names) document.body.append(Object.assign(document.createElement(name), { session }));
    return session;
  }, PANELS);
  await page.waitForTimeout(300);
  const frames = [await page.screenshot()];
  for (const event of told) {
    await source.evaluate(
      (session, { name, detail }) => session.dispatchEvent(new CustomEvent(name, { detail })),
      event,
    );
    let waited = 0;
    for (const moment of MOMENTS) {
      await page.waitForTimeout(moment - waited);
      waited = moment;
      frames.push(await page.screenshot());
    }
  }
  // Afterwards the arrow goes through the disclosed qubits, and the trace of the monitor is whole.
  for (let i = 0; i < 3; i++) {
    await page.waitForTimeout(900);
    frames.push(await page.screenshot());
  }
  await page.close();
  return frames;
}

async function filmStrip(browser: Browser, frames: readonly Buffer[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 4 * 420, height: 400 } });
  const images = frames.map((frame) => `<img src="data:image/png;base64,${frame.toString("base64")}">`);
  await page.setContent(
    `<style>body{display:flex;flex-wrap:wrap;gap:8px;margin:8px;background:#888}img{width:408px}</style>${images.join("")}`,
  );
  const strip = await page.screenshot({ fullPage: true });
  await page.close();
  return strip;
}
