import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../find-chromium.mjs";
import { number, printTable } from "./harness.js";

const BUNDLE = "packages/widget/dist/qsec-room.js";
const SHORT = 100;
const LONG = 10_000;
const RUNS = 30;

/** What one list of a length costs, milliseconds (medians) and counts. */
interface Measured {
  readonly load: number;
  readonly append: number;
  readonly scroll: number;
  readonly search: number;
  readonly elements: number;
}

/** How a list of 10,000 messages compares with one of 100, in a real Chromium: the short one is the baseline of the run. */
export async function benchChat(): Promise<void> {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
    const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
    // The loader of these scripts wraps named functions in a call of this helper, which no page has.
    await page.addInitScript("globalThis.__name = (given) => given");
    await measure(page, address, SHORT); // warms up
    const short = await measure(page, address, SHORT);
    const long = await measure(page, address, LONG);
    const row = (what: string, key: keyof Measured, digits: number) => ({
      what,
      [`${number(SHORT)} messages`]: number(short[key], digits),
      [`${number(LONG)} messages`]: number(long[key], digits),
      ratio: number(long[key] / short[key], 2),
    });
    printTable(`A conversation in Chromium ${browser.version()}, medians of ${RUNS}`, [
      row("one more message, to the next frame, ms", "append", 1),
      row("scrolling up by 400 px, to the next frame, ms", "scroll", 1),
      row("a search, to the next frame, ms", "search", 1),
      row("all of them at once, ms", "load", 0),
      row("elements in the list", "elements", 0),
    ]);
  } finally {
    await browser.close();
    server.close();
  }
}

async function measure(page: Page, address: string, count: number): Promise<Measured> {
  await page.goto(address);
  await page.waitForFunction(() => customElements.get("qsec-chat") !== undefined);
  return page.evaluate(inPage, { count, runs: RUNS });
}

/** Runs in the page; knows nothing of this module. The session is a stand-in: what is measured is the list. */
async function inPage({ count, runs }: { count: number; runs: number }): Promise<Measured> {
  const session = Object.assign(new EventTarget(), {
    ...{ id: "me", username: "me", room: "bench", state: "secured", members: [], epoch: { members: 2 } },
    chat: () => Promise.resolve(),
  });
  const chat = document.createElement("qsec-chat");
  Object.assign(chat, { session });
  chat.style.setProperty("block-size", "800px");
  document.body.append(chat);
  await chat.updateComplete;
  const log = chat.shadowRoot!.querySelector<HTMLElement>(".log");
  if (log === null) throw new Error("The chat has no list.");
  let seq = 0;
  const say = (): void => {
    const [from, own] = seq % 3 === 0 ? ["me", true] : ["bob", false];
    const text = `message ${seq} with some words, and every tenth has an address ${seq % 10 === 0 ? "https://example.org/" : ""}`;
    const detail = { from, fromName: from, own, text, sentAt: Date.now() - 1e8 + seq * 1_000, epoch: 1, seq: seq++ };
    session.dispatchEvent(new CustomEvent("message", { detail }));
  };
  const frame = async (): Promise<void> => {
    await chat.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  };
  const timed = async (run: () => void): Promise<number> => {
    await frame();
    // A rendering soon after another waits for it: that pause is not to be measured.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    run();
    await frame();
    return performance.now() - start;
  };
  const median = async (run: () => void): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await timed(run));
    return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
  };
  const load = await timed(() => {
    for (let i = 0; i < count; i++) say();
  });
  const append = await median(say);
  const scroll = await median(() => (log.scrollTop -= 400));
  const elements = log.querySelectorAll("*").length;
  const bar = chat.shadowRoot!.querySelector("qsec-chat-bar")!;
  const search = await median(() => bar.onSearch("message 7"));
  chat.remove();
  return { load, append, scroll, search, elements };
}

/** One page with the bundle. */
async function serve(): Promise<Server> {
  const bundle = await readFile(BUNDLE);
  const server = createServer((request, response) => {
    const isBundle = request.url === "/qsec-room.js";
    response.setHeader("Content-Type", isBundle ? "text/javascript" : "text/html; charset=utf-8");
    response.end(
      isBundle ? bundle : '<!doctype html><title>bench</title><script type="module" src="/qsec-room.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return server;
}
