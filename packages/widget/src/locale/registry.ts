import { en, type Words } from "./en.js";
import type { Translation } from "./translation.js";

type Loader = () => Promise<Translation>;

const ready = new Map<string, Words>([["en", en]]);
const loaders = new Map<string, Loader>([
  ["ar", async () => (await import("./ar.js")).ar],
  ["de", async () => (await import("./de.js")).de],
]);
const listeners = new Set<() => void>();

/**
 * Adds a language, or replaces one; elements in that language change at once. They take the language of the nearest
 * `lang` attribute around them, `ar` and `de` are known, and everything else is English.
 * @param language BCP 47 tag, for instance `fr` or `pt-BR`
 * @param translation the words, or a function that fetches them when an element first needs them
 */
export function registerTranslation(language: string, translation: Translation | Loader): void {
  const tag = language.toLowerCase();
  ready.delete(tag);
  loaders.delete(tag);
  if (typeof translation === "function") loaders.set(tag, translation);
  else ready.set(tag, completed(translation, language));
  tell();
}

/** The words for a language tag, or those of its primary language. English until others have been fetched. */
export function wordsFor(language: string): Words {
  const tag = language.toLowerCase();
  for (const known of [tag, tag.split("-", 1)[0]]) {
    const words = ready.get(known);
    if (words !== undefined) return words;
    if (loaders.has(known)) return fetched(known);
  }
  return en;
}

/** Calls back whenever {@link wordsFor} may answer otherwise than before, until the signal fires. */
export function onTranslation(listener: () => void, signal: AbortSignal): void {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
}

function fetched(tag: string): Words {
  const load = loaders.get(tag)!;
  // English stands in meanwhile, and for good where the words cannot be fetched.
  ready.set(tag, en);
  load().then(
    (translation) => {
      // Another translation may have been registered in the meantime.
      if (loaders.get(tag) !== load) return;
      ready.set(tag, completed(translation, tag));
      tell();
    },
    (error: unknown) => reportError(error),
  );
  return en;
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function completed(translation: Translation, language: string): Words {
  return { ...(merged(en, translation) as Words), language: translation.language ?? language };
}

function merged(words: object, translation: object): object {
  const result: Record<string, unknown> = { ...words };
  for (const [key, value] of Object.entries(translation)) {
    const own = result[key];
    result[key] = isSection(own) && isSection(value) ? merged(own, value) : value;
  }
  return result;
}

function isSection(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
