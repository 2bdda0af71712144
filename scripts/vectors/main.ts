/**
 * Makes the test vectors of the protocol again, by the SDK itself.
 *
 *     npm run vectors                 writes docs/vectors/
 *     npm run vectors -- --check      compares with docs/vectors/; exit code 1 on any difference
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { conversation } from "./conversation.js";
import { ldpcVector, noiseVector } from "./noise.js";
import { protocolVectors } from "./protocol.js";

const FOLDER = new URL("../../docs/vectors/", import.meta.url);
const FILES = {
  "qsec2-v1.json": protocolVectors,
  "noise.json": noiseVector,
  "ldpc.json": ldpcVector,
  "conversation.json": conversation,
};

const asked = process.argv.slice(2);
const check = asked.includes("--check");
const unknown = asked.filter((option) => option !== "--check");

if (unknown.length > 0) {
  console.error(`There is no option "${unknown.join('", "')}"; the only one is --check.`);
  process.exitCode = 2;
} else {
  for (const [name, make] of Object.entries(FILES)) {
    const text = `${JSON.stringify(await make(), null, 1)}\n`;
    const file = new URL(name, FOLDER);
    if (!check) {
      writeFileSync(file, text);
      console.log(`docs/vectors/${name}: written, ${text.length} characters`);
    } else if (!existsSync(file)) {
      console.error(`docs/vectors/${name} is missing.`);
      process.exitCode = 1;
    } else if (readFileSync(file, "utf8") === text) {
      console.log(`docs/vectors/${name}: as the code makes it`);
    } else {
      console.error(`docs/vectors/${name} differs from what the code makes: ${differences(file, text).join(", ")}`);
      process.exitCode = 1;
    }
  }
}

/** Where two files of JSON differ, as paths; "spelling" if their values are the same. */
function differences(file: URL, text: string): string[] {
  const paths = differing(JSON.parse(readFileSync(file, "utf8")), JSON.parse(text), "");
  return paths.length === 0 ? ["spelling"] : paths.slice(0, 20);
}

function differing(held: unknown, made: unknown, path: string): string[] {
  if (typeof held !== "object" || typeof made !== "object" || held === null || made === null)
    return held === made ? [] : [path];
  const names = new Set([...Object.keys(held), ...Object.keys(made)]);
  return [...names].flatMap((name) =>
    differing((held as Record<string, unknown>)[name], (made as Record<string, unknown>)[name], `${path}/${name}`),
  );
}
