import type { ReactiveController, ReactiveControllerHost } from "lit";
import { onResize } from "../session/on-resize.js";
import { DRAWERS, isDrawer, type Drawer } from "./layout.js";

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** Which side column is open over the conversation in a narrow host, and where the focus goes. */
export class DrawerController implements ReactiveController {
  /** The open drawer, or null; always null for a column that has room to stand. */
  open: Drawer | null = null;
  readonly #host: Host;
  #observer: ResizeObserver | null = null;
  #width = 0;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = onResize(({ contentRect: { width } }) => {
      const before = this.#width;
      this.#width = width;
      if (this.open !== null) {
        if (!isDrawer(this.open, width)) this.#set(null);
        return;
      }
      // Hidden with its column, a dialog would go on blocking the page.
      const asking = DRAWERS.find(
        (drawer) => !isDrawer(drawer, before) && isDrawer(drawer, width) && this.#asks(drawer),
      );
      if (asking !== undefined) this.#set(asking);
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

  #asks(drawer: Drawer): boolean {
    const column = this.#host.renderRoot.querySelector(`.${drawer}`);
    return column !== null && hasOpenDialog(column);
  }

  #set(drawer: Drawer | null): void {
    this.open = drawer;
    this.#host.requestUpdate();
  }

  #focus(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** In the shadow trees below it too. */
function hasOpenDialog(root: ParentNode): boolean {
  return [...root.querySelectorAll("*")].some(
    (element) => element.matches("dialog[open]") || (element.shadowRoot !== null && hasOpenDialog(element.shadowRoot)),
  );
}
