/**
 * Draws the states of landing page and room, light and dark, wide and narrow, from real sessions over a real relay,
 * into `test-results/gallery`.
 *
 *     npm run gallery
 *     npm run gallery -- files reconnecting      only these scenes
 */
import { conversation } from "./gallery/conversation.js";
import { entering, refusals } from "./gallery/entering.js";
import { files, largeFiles, voice } from "./gallery/files.js";
import { laboratory } from "./gallery/laboratory.js";
import { landing } from "./gallery/landing.js";
import { panels } from "./gallery/panels.js";
import { changedIdentity, columns, comparing, knocking } from "./gallery/people.js";
import { sphere } from "./gallery/sphere.js";
import { FOLDER, Studio } from "./gallery/studio.js";
import { eavesdropper, leaderGone, reconnecting } from "./gallery/trouble.js";

const SCENES: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  landing,
  entering,
  refusals,
  conversation,
  files,
  voice,
  largeFiles,
  comparing,
  knocking,
  changedIdentity,
  columns,
  panels,
  sphere,
  laboratory,
  eavesdropper,
  reconnecting,
  leaderGone,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SCENES));
if (unknown.length > 0) throw new Error(`No scene ${unknown.join(", ")}; there are ${Object.keys(SCENES).join(", ")}.`);
for (const [name, play] of Object.entries(SCENES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const studio = await Studio.open();
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
