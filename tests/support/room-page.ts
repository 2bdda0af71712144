import { mkdir } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { en } from "../../packages/widget/src/locale/en.js";
import { openBrowser, type Person, type PersonOptions } from "./person.js";

/** The landing page and the room as a person finds their way in them: by label and role, never by markup. */
export class RoomPage {
  readonly person: Person;
  readonly #relay: string;

  private constructor(person: Person, relay: string) {
    this.person = person;
    this.#relay = relay;
  }

  /** A new browser with an empty page. */
  static async open(name: string, relay: string, options: Partial<PersonOptions> = {}): Promise<RoomPage> {
    return new RoomPage(await openBrowser(name, { allowed: [relay], ...options }), relay);
  }

  get page(): Page {
    return this.person.page;
  }

  /** Fills in the form of the landing page and presses its button. @param options `visit: false`: on the page that is open */
  async initializeLink(room: string, { expected = 2, compareEmoji = false, visit = true } = {}): Promise<void> {
    if (visit) await this.visit("/");
    await this.page.getByLabel("Room ID").fill(room);
    await this.page.getByLabel("Username").fill(this.person.name);
    await this.page.getByLabel("Expected capacity").fill(String(expected));
    if (compareEmoji) await this.page.getByLabel("Compare emoji instead").check();
    await this.page.getByRole("button", { name: "INITIALIZE LINK" }).click();
    await this.page.waitForURL(/\/room\//);
  }

  /** Opens an address of the relay, such as an invite link or one with a query of the laboratory. */
  async visit(address: string): Promise<void> {
    await this.page.goto(new URL(address, this.#relay).href);
  }

  /** Answers the question for a name that an invite link without one asks. */
  async giveName(): Promise<void> {
    await this.page.getByLabel("Username").fill(this.person.name);
    await this.page.getByRole("button", { name: "Join room" }).click();
  }

  /** The link that *Copy invite link* puts on the clipboard. */
  async inviteLink(): Promise<string> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: this.#relay });
    await this.page.getByRole("button", { name: en.invite.copy }).first().click();
    await this.page.getByRole("button", { name: en.invite.copied }).first().waitFor();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Waits until the header says so. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Waits for it longer than for anything else: two browsers derive keys, on machines that may be busy. */
  async secured(): Promise<void> {
    await this.page
      .locator("qsec-connection-status")
      .getByText(en.connection.secured)
      .first()
      .waitFor({ timeout: 60_000 });
  }

  /** Opens a room, and has the other one follow the invite, until both have its key. */
  async meet(other: RoomPage, room: string): Promise<void> {
    await this.initializeLink(room);
    await this.sees(en.connection.waiting(1, 2));
    await other.visit(await this.inviteLink());
    await other.giveName();
    await Promise.all([this.secured(), other.secured()]);
  }

  get send(): Locator {
    return this.page.getByRole("button", { name: en.chat.send, exact: true });
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: en.chat.composer, exact: true });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.send.click();
  }

  /** Waits until a message with exactly this text stands in the list. */
  async reads(text: string): Promise<void> {
    await this.page.getByRole("log", { name: en.chat.log }).getByText(text, { exact: true }).waitFor();
  }

  /** The row of the message with exactly this text, or of the file with this name. */
  message(text: string): Locator {
    const log = this.page.getByRole("log", { name: en.chat.log });
    return log
      .getByRole("article")
      .filter({ has: this.page.getByText(text, { exact: true }) })
      .last();
  }

  /** Presses buttons of the toolbar of the message with this text, one after the other. */
  async act(text: string, ...labels: readonly string[]): Promise<void> {
    // Where no toolbar of another message is in the way.
    await this.page.mouse.move(0, 0);
    await this.page.getByRole("log").getByText(text, { exact: true }).last().hover();
    for (const label of labels)
      await this.page.getByRole("toolbar").getByRole("button", { name: label, exact: true }).click();
  }

  /** Chooses a file, by its path or its content, as with the file picker. */
  async attach(
    file: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  ): Promise<void> {
    await this.page.locator("input[type=file]").setInputFiles(file);
  }

  /** The dialog with the seven emoji. */
  get comparison(): Locator {
    return this.page.getByRole("dialog");
  }

  /** The names of the seven emoji, in order. */
  async emoji(): Promise<readonly string[]> {
    await this.comparison.waitFor();
    return this.comparison.getByRole("listitem").allInnerTexts();
  }

  async answer(same: boolean): Promise<void> {
    await this.comparison.getByRole("button", { name: same ? en.verify.match : en.verify.differ }).click();
  }

  /** Presses *Leave room* and says yes. */
  async leave(): Promise<void> {
    await this.page.getByRole("button", { name: en.room.leave }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: en.room.leave }).click();
  }

  /** Writes `test-results/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    await mkdir("test-results", { recursive: true });
    await this.page.screenshot({ path: `test-results/${name}.png` });
  }

  close(): Promise<void> {
    return this.person.close();
  }
}
