import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/find-chromium.mjs";

/** How long anything a person waits for may take, ms. Generous, as a loaded machine is slow and not wrong. */
const PATIENCE = 30_000;

/** One person at a browser of their own: another process and another profile than everybody else's. */
export interface Person {
  readonly name: string;
  readonly page: Page;
  /** What must not happen: page errors, CSP violations, requests to other hosts. Empty when all is well. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface PersonOptions extends BrowserContextOptions {
  /** Origins that the pages may talk to. */
  readonly allowed: readonly string[];
}

export async function openBrowser(name: string, { allowed, ...options }: PersonOptions): Promise<Person> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  context.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  await context.exposeFunction("qsecComplain", (complaint: string) => complaints.push(complaint));
  await context.addInitScript(() => {
    const { qsecComplain } = globalThis as unknown as { qsecComplain(complaint: string): void };
    addEventListener("securitypolicyviolation", (event) => {
      qsecComplain(`CSP ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
    });
  });
  const page = await context.newPage();
  watch(page, allowed, complaints);
  return { name, page, complaints, close: () => closeBrowser(browser) };
}

function watch(page: Page, allowed: readonly string[], complaints: string[]): void {
  const check = (address: string): void => {
    const { protocol, host } = new URL(address);
    if (protocol === "data:" || protocol === "blob:") return;
    if (!allowed.some((origin) => new URL(origin).host === host)) complaints.push(`request to ${address}`);
  };
  page.on("request", (request) => check(request.url()));
  page.on("websocket", (socket) => check(socket.url()));
  page.on("pageerror", (error) => complaints.push(`error ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console ${message.text()}`);
  });
}

async function closeBrowser(browser: Browser): Promise<void> {
  await browser.close();
}
