import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import { panelPage } from "./panels.js";
import { FOLDER, type Studio } from "./studio.js";
import { exchangeThatIs } from "./traces.js";

const LOOKS = [
  ["light", { colorScheme: "light", forcedColors: "none" }],
  ["dark", { colorScheme: "dark", forcedColors: "none" }],
  ["forced", { colorScheme: "dark", forcedColors: "active" }],
] as const;

/** The laboratory after a run and a sweep, wide and in the width of a room's column; the explanation; the log in its dialog. */
export async function laboratory(_studio: Studio): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    for (const [size, width] of [
      ["wide", 1200],
      ["column", 320],
    ] as const) {
      const page = await laboratoryPage(browser, width);
      await drawAll(page, `laboratory-${size}`);
      await page.close();
    }
    const told = await exchangeThatIs("eavesdropper");
    for (const [name, panel, button] of [
      ["explanation", "qsec-explanation", "Explain the steps"],
      ["log-large", "qsec-event-log", "Maximise"],
    ] as const) {
      const page = await panelPage(browser);
      await page.evaluate(
        ({ panel, told }) => {
          const session = new EventTarget();
          document.body.append(Object.assign(document.createElement(panel), { session }));
          for (const { name, detail } of told) session.dispatchEvent(new CustomEvent(name, { detail }));
        },
        { panel, told },
      );
      await page.getByRole("button", { name: button }).click();
      await drawAll(page, name);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** A page with the laboratory alone, after a run and a sweep. @param width CSS pixels */
export async function laboratoryPage(browser: Browser, width: number): Promise<Page> {
  const page = await panelPage(browser);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await placeLab(page, width);
  await page.getByLabel("Eavesdropper").selectOption("random");
  await page.getByLabel("Her share, %").fill("30");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Sweep her share" }).click();
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  return page;
}

async function placeLab(page: Page, width: number): Promise<void> {
  await page.evaluate((width) => {
    // A room with the attribute fetches the laboratory.
    document.body.append(Object.assign(document.createElement("qsec-room"), { lab: true, hidden: true }));
    document.body.style.setProperty("display", "block");
    const lab = document.createElement("qsec-channel-lab");
    lab.style.setProperty("inline-size", `${width}px`);
    document.body.append(lab);
  }, width);
  await page.waitForFunction(() => customElements.get("qsec-channel-lab") !== undefined);
}

/** What is not in sight is not drawn. */
export async function bringAllIntoSight(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 1376, height });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(250);
}

async function drawAll(page: Page, name: string): Promise<void> {
  await bringAllIntoSight(page);
  for (const [look, media] of LOOKS) {
    await page.emulateMedia(media);
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${FOLDER}/${name}-${look}.png`, fullPage: true });
  }
}
