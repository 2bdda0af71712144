import type { ReactiveController, ReactiveControllerHost } from "lit";
import { onResize } from "../session/on-resize.js";
import { isDrawer, type Drawer } from "./layout.js";

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** Which side column is open over the conversation in a narrow host, and where the focus goes. */
export class DrawerController implements ReactiveController {
  /** The open drawer, or null; always null for a column that has room to stand. */
  open: Drawer | null = null;
  readonly #host: Host;
  #observer: ResizeObserver | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = onResize((entry) => {
      if (this.open !== null && !isDrawer(this.open, entry.contentRect.width)) this.#set(null);
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  async show(drawer: Drawer): Promise<void> {
    this.#set(drawer);
    await this.#host.updateComplete;
    this.#focus(`[data-close="${drawer}"]`);
  }

  async close(): Promise<void> {
    const drawer = this.open;
    if (drawer === null) return;
    this.#set(null);
    await this.#host.updateComplete;
    this.#focus(`[data-open="${drawer}"]`);
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.open === null) return;
    event.preventDefault();
    event.stopPropagation();
    void this.close();
  };

  #set(drawer: Drawer | null): void {
    this.open = drawer;
    this.#host.requestUpdate();
  }

  #focus(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
