import type { Page, WebSocketRoute } from "playwright-core";

type Forward = () => void;

/** The link between a page and the relay, to be slowed down, held and cut. */
export class Wire {
  /** Time between two packets, ms. */
  pause = 0;
  #open: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  #broken = false;
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

  /** Ends every connection, and lets none through until `restore`. */
  async cut(): Promise<void> {
    this.#broken = true;
    await Promise.all([...this.#routes].map((route) => route.close()));
    this.#routes.clear();
  }

  restore(): void {
    this.#broken = false;
  }

  async #connect(page: WebSocketRoute): Promise<void> {
    if (this.#broken) return page.close();
    const relay = page.connectToServer();
    this.#routes.add(page);
    page.onMessage((message) => this.#pass(() => relay.send(message)));
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
