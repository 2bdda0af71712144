import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import { panelPage } from "./panels.js";
import { FOLDER, type Studio } from "./studio.js";
import { exchangeThatIs } from "./traces.js";

/** The sphere in space: a collapse on its way, light, dark and in forced colours, on a small screen, and without WebGL. */
export async function sphere(_studio: Studio): Promise<void> {
  const events = await exchangeThatIs("secure");
  for (const webgl of [true, false]) {
    const flags = webgl
      ? CHROMIUM_FLAGS
      : [...CHROMIUM_FLAGS.filter((flag) => !/swiftshader/.test(flag)), "--disable-3d-apis"];
    const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
    try {
      const page = await panelPage(browser);
      await page.evaluate((told) => {
        const session = new EventTarget();
        document.body.append(Object.assign(document.createElement("qsec-bloch-3d"), { session }));
        for (const { name, detail } of told) session.dispatchEvent(new CustomEvent(name, { detail }));
      }, events);
      await page.getByRole("button", { name: "Open in 3D" }).click();
      await page.waitForTimeout(1_200);
      // To a qubit that collapses.
      for (let step = 0; step < 40 && !(await page.getByText("the state collapses.").isVisible()); step++)
        await page.getByRole("button", { name: "Next qubit" }).click();
      for (const [name, media] of [
        ["light", { colorScheme: "light", forcedColors: "none" }],
        ["dark", { colorScheme: "dark", forcedColors: "none" }],
        ["forced", { colorScheme: "dark", forcedColors: "active" }],
      ] as const) {
        await page.emulateMedia(media);
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${FOLDER}/sphere-${webgl ? "space" : "flat"}-${name}.png` });
      }
      await page.setViewportSize({ width: 360, height: 740 });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${FOLDER}/sphere-${webgl ? "space" : "flat"}-narrow.png` });
    } finally {
      await browser.close();
    }
  }
}
