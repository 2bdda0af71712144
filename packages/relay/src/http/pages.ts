import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

export interface Page {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** By file name. All that the relay ever serves is in here: no request is turned into a path. */
export type Pages = ReadonlyMap<string, Page>;

/** Where the build puts the landing page, the room page and what they load. The same from `src` and from `dist`. */
export const PAGES_FOLDER = fileURLToPath(new URL("../../dist/pages/", import.meta.url));

/** Reads all pages into memory; none when they have not been built. */
export async function loadPages(folder: string = PAGES_FOLDER): Promise<Pages> {
  const pages = new Map<string, Page>();
  for (const name of await namesIn(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const body = await readFile(join(folder, name));
    pages.set(name, { body, type, etag: `"${createHash("sha256").update(body).digest("base64url")}"` });
  }
  return pages;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
