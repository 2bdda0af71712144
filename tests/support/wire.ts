import type { Page, WebSocketRoute } from "playwright-core";

type Forward = () => void;

/** The link between a page and the relay, to be slowed down, held and cut. */
export class Wire {
  /** Time between two packets, ms. */
  pause = 0;
  /** Bytes of binary frames that the page has sent: parts of files. */
  carried = 0;
  #open: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  #whole: Promise<void> = Promise.resolve();
  #restore: () => void = () => undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #routes = new Set<WebSocketRoute>();

  private constructor() {}

  /** Before the page is visited. */
  static async of(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/\/socket\.io\//, (route) => wire.#connect(route));
    return wire;
  }

  /** Nothing passes until `release`. */
  hold(): void {
    this.#open = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.pause = 0;
    this.#release();
  }

  /** Ends every connection; a new one gets no answer until `restore`. */
  async cut(): Promise<void> {
    this.#whole = new Promise((resolve) => (this.#restore = resolve));
    await Promise.all([...this.#routes].map((route) => route.close()));
    this.#routes.clear();
  }

  restore(): void {
    this.#restore();
  }

  async #connect(page: WebSocketRoute): Promise<void> {
    await this.#whole;
    const relay = page.connectToServer();
    this.#routes.add(page).add(relay);
    page.onMessage((message) =>
      this.#pass(() => {
        if (typeof message !== "string") this.carried += message.length;
        relay.send(message);
      }),
    );
    relay.onMessage((message) => this.#pass(() => page.send(message)));
  }

  #pass(forward: Forward): void {
    this.#last = this.#last.then(async () => {
      await this.#open;
      if (this.pause > 0) await new Promise((done) => setTimeout(done, this.pause));
      forward();
    });
  }
}
