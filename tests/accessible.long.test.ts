import { test } from "node:test";
import { SCENES } from "../scripts/gallery/scenes.js";
import { Studio, type Look } from "../scripts/gallery/studio.js";
import { assertAccessible, assertNoSidewaysScroll } from "./support/axe.js";

/** A window of 1280 × 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

const check: Look = async (who, { state, size, colorScheme, forcedColors }) => {
  // Forced colours are the system's: there is no contrast of ours to check.
  if (forcedColors) return;
  if (size === "narrow") await who.page.setViewportSize(ZOOMED);
  const name = `${state}, ${colorScheme}, ${size === "narrow" ? "at 400 %" : size}`;
  await assertAccessible(who, name);
  await assertNoSidewaysScroll(who, name);
};

for (const [name, play] of Object.entries(SCENES)) {
  test(`axe finds nothing in any state of ${name}, light and dark, wide and at 400 %`, async () => {
    const studio = await Studio.open(check);
    try {
      await play(studio);
    } finally {
      await studio.close();
    }
  });
}
