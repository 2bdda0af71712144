/**
 * Draws the states of landing page and room, light and dark, wide and narrow, from real sessions over a real relay,
 * into `test-results/gallery`.
 *
 *     npm run gallery
 *     npm run gallery -- files reconnecting      only these scenes
 */
import { mkdir } from "node:fs/promises";
import { laboratory } from "./gallery/laboratory.js";
import { panels } from "./gallery/panels.js";
import { SCENES } from "./gallery/scenes.js";
import { sequence } from "./gallery/sequence.js";
import { sphere } from "./gallery/sphere.js";
import { FOLDER, Studio, type Look } from "./gallery/studio.js";

// The last four stand alone, and draw themselves.
const ALL = { ...SCENES, panels, sphere, laboratory, sequence };

const picture: Look = async ({ page }, { state, colorScheme, size, fullPage }) => {
  await page.screenshot({ path: `${FOLDER}/${state}-${colorScheme}-${size}.png`, fullPage });
};

await mkdir(FOLDER, { recursive: true });
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in ALL));
if (unknown.length > 0) throw new Error(`No scene ${unknown.join(", ")}; there are ${Object.keys(ALL).join(", ")}.`);
for (const [name, play] of Object.entries(ALL)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const studio = await Studio.open(picture);
  try {
    await play(studio);
    console.log(name);
  } catch (error) {
    process.exitCode = 1;
    console.error(name, error);
  } finally {
    await studio.close();
  }
}
console.log(`Pictures are in ${FOLDER}`);
