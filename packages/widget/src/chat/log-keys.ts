import type { ReactiveController, ReactiveControllerHost } from "lit";
import { onResize } from "../session/on-resize.js";
import type { QsecMessageActions } from "./message-actions.js";

/** Which message is being looked at, by pointer or by keyboard, and where its toolbar stands. */
export class LogKeys implements ReactiveController {
  /** Id of the message whose toolbar is shown. */
  active: string | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #list: () => HTMLElement | null;
  readonly #size: ResizeObserver;
  #placed: HTMLElement | null = null;
  #last: string | null = null;
  #pointer: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, list: () => HTMLElement | null) {
    this.#host = host;
    this.#list = list;
    // There is none on a server, where no element is made either.
    this.#size = onResize(() => this.place());
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#size.disconnect();
    this.#placed = null;
  }

  hostConnected(): void {
    this.active = null;
  }

  row(id: string | null): HTMLElement | null {
    return id === null ? null : (this.#list()?.querySelector<HTMLElement>(`[data-id="${id}"]`) ?? null);
  }

  /** After a rendering; the toolbar is placed again when it has its size, and when that changes. */
  settle(): void {
    this.place();
    const toolbar = this.#toolbar;
    if (toolbar === this.#placed) return;
    this.#size.disconnect();
    if (toolbar !== null) this.#size.observe(toolbar);
    this.#placed = toolbar;
  }

  /** The person goes on elsewhere, and may come back to the row. */
  leave(): void {
    this.#last = this.active;
    this.active = null;
    this.#host.requestUpdate();
  }

  readonly backToRow = (): void => {
    this.row(this.active ?? this.#last)?.focus();
  };

  readonly onFocus = (event: FocusEvent): void => this.#activate(rowOf(event));

  /**
   * The focus went elsewhere: a toolbar that stayed would cover what is under it. Looked at in a task of its own, as a
   * button that was pressed may be gone before the focus is on the next one.
   */
  readonly onBlur = (): void => {
    setTimeout(() => {
      if (this.#isFocused || this.row(this.active)?.matches(":hover") === true) return;
      this.#activate(null);
    });
  };

  readonly onPointer = (event: Event): void => {
    // A finger that scrolls passes over everything; a tap is a click.
    if (event.type !== "click" && event instanceof PointerEvent) {
      if (event.pointerType === "touch" || this.#rests(event)) return;
    }
    if (this.#toolbar?.matches(":focus-within") === true) return;
    this.#activate(rowOf(event));
  };

  /** Where the pointer is, to know whether it came to a message or the message to it. */
  readonly onMove = ({ screenX, screenY }: PointerEvent): void => {
    this.#pointer = `${screenX} ${screenY}`;
  };

  /** The list moves under a pointer that nobody touches, while somebody walks through it by keyboard. */
  #rests(event: PointerEvent): boolean {
    const before = this.#pointer;
    this.onMove(event);
    return this.#isFocused && (before === null || before === this.#pointer);
  }

  readonly onPointerLeave = (): void => {
    if (!this.#isFocused) this.#activate(null);
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const rows = [...(this.#list()?.querySelectorAll<HTMLElement>("[data-id]") ?? [])];
    const focused = this.#host.shadowRoot?.activeElement ?? null;
    const at = rows.findIndex((row) => row === focused);
    if (at < 0 && focused !== this.#list()) return;
    const to = this.#next(event.key, at, rows.length);
    if (to !== null) {
      event.preventDefault();
      rows[to]?.focus({ preventScroll: true });
      rows[to]?.scrollIntoView({ block: "nearest" });
    } else if (at >= 0 && event.key === "Enter") {
      event.preventDefault();
      this.#toolbar?.focus();
    }
  };

  /** Puts the toolbar at the upper edge of its message, on the side that the message stands on. */
  place(): void {
    const [toolbar, bubble] = [this.#toolbar, this.row(this.active)?.querySelector(".bubble")];
    if (toolbar === null || !bubble) return;
    const frame = toolbar.parentElement!.getBoundingClientRect();
    const box = bubble.getBoundingClientRect();
    const { width, height } = toolbar.getBoundingClientRect();
    const isRight = box.right - frame.left > frame.right - box.left !== box.width > frame.width * 0.8;
    const left = (isRight ? box.right - width : box.left) - frame.left;
    const top = Math.max(2, box.top - frame.top - height + 8);
    toolbar.style.setProperty("left", `${Math.max(4, Math.min(left, frame.width - width - 4))}px`);
    toolbar.style.setProperty("top", `${top}px`);
    toolbar.toggleAttribute("data-away", box.bottom < frame.top || box.top > frame.bottom);
  }

  get #toolbar(): QsecMessageActions | null {
    return this.#host.shadowRoot?.querySelector<QsecMessageActions>("qsec-message-actions") ?? null;
  }

  /** The focus is on a message, in it, or in the toolbar. */
  get #isFocused(): boolean {
    const focused = this.#host.shadowRoot?.activeElement ?? null;
    return focused !== null && (focused === this.#toolbar || this.#list()?.contains(focused) === true);
  }

  #next(key: string, at: number, length: number): number | null {
    if (length === 0) return null;
    if (key === "ArrowUp") return at < 0 ? length - 1 : Math.max(0, at - 1);
    if (at < 0) return null;
    if (key === "ArrowDown") return Math.min(length - 1, at + 1);
    if (key === "Home") return 0;
    return key === "End" ? length - 1 : null;
  }

  #activate(row: HTMLElement | null): void {
    const id = row?.dataset["id"] ?? null;
    if (id === this.active || (id === null && row === null && this.#toolbar?.matches(":hover") === true)) return;
    this.active = id;
    this.#host.requestUpdate();
  }
}

function rowOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-id]") : null;
}
