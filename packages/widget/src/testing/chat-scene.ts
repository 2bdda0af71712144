import type { MessageDetail, QsecSession, QsecSessionEventMap } from "@qsec2/sdk";
import type { QsecChat } from "../chat/chat.js";
import { deep, until } from "./dom.js";
import { Party, place } from "./members.js";

/** A `<qsec-chat>` of alice's, in a room with bob on a relay in the page. */
export class ChatScene {
  readonly party = new Party();
  readonly alice: QsecSession;
  readonly bob: QsecSession;
  readonly chat: QsecChat;

  private constructor(width: number, properties: Partial<QsecChat>) {
    this.alice = this.party.session("alice");
    this.bob = this.party.session("bob");
    this.chat = place("qsec-chat", { session: this.alice, ...properties }, width);
    this.chat.style.setProperty("block-size", "100%");
  }

  static async open(width = 900, properties: Partial<QsecChat> = {}): Promise<ChatScene> {
    const scene = new ChatScene(width, properties);
    const { alice, bob, chat } = scene;
    await chat.updateComplete;
    await alice.connect();
    await bob.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    await until("both in one epoch", () => alice.epoch?.members === 2 && bob.epoch?.members === 2);
    return scene;
  }

  get log(): HTMLElement {
    return deep(this.chat, "[role=log]")!;
  }

  get field(): HTMLTextAreaElement {
    return deep<HTMLTextAreaElement>(this.chat, "textarea")!;
  }

  get toolbar(): HTMLElement | null {
    return deep(this.chat, "[role=toolbar]");
  }

  /** The row that shows this, once it is there. */
  row(text: string): Promise<HTMLElement> {
    return until(`a row with ${text}`, () =>
      [...this.log.querySelectorAll<HTMLElement>(".row")].find((row) => row.textContent?.includes(text)),
    );
  }

  /** The next event of this kind at bob's. */
  heard<Name extends keyof QsecSessionEventMap>(name: Name): Promise<QsecSessionEventMap[Name]> {
    return new Promise((resolve) => this.bob.addEventListener(name, ({ detail }) => resolve(detail), { once: true }));
  }

  /** Bob says something, and alice sees it. */
  async bobSays(text: string): Promise<MessageDetail> {
    const said = await this.bob.send(text);
    await this.row(text);
    return said;
  }

  write(text: string): void {
    this.field.value = text;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  submit(): void {
    deep(this.chat, "button.send")!.click();
  }

  /** Presses what has this label in the toolbar of a row. */
  async act(row: HTMLElement, label: string): Promise<void> {
    row.focus();
    await until("the toolbar", () => this.toolbar);
    await this.press(label);
  }

  async press(label: string): Promise<void> {
    const button = await until(label, () =>
      [...(this.toolbar?.querySelectorAll("button") ?? [])].find(
        (each) => each.getAttribute("aria-label") === label || each.textContent?.trim() === label,
      ),
    );
    button.click();
  }

  end(): void {
    this.party.end();
    document.body.replaceChildren();
  }
}
