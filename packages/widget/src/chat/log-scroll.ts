import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isAtEnd, scrollToEnd } from "../session/end-of-scroll.js";
import { onResize } from "../session/on-resize.js";
import { around, earlier, kept, lastOf, later, type Span } from "./span.js";

/** This close to the edge of what is in the page, more of the list is brought in, CSS pixels. */
const EDGE = 600;

/** Keeps the newest in sight for who reads it, and the place for who reads further up; says which part is in the page. */
export class LogScroll implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #list: () => HTMLElement | null;
  #resize: ResizeObserver | null = null;
  #span: Span = { start: 0, end: 0 };
  #length = 0;
  #top = 0;
  #anchor: { readonly id: string; readonly top: number } | null = null;
  #following = true;
  #paging = false;

  constructor(host: ReactiveControllerHost, list: () => HTMLElement | null) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  get span(): Span {
    return this.#span;
  }

  /** Whether the newest is in sight, and stays so. */
  get isFollowing(): boolean {
    return this.#following;
  }

  /** Whether old entries come into the page: nobody wants to hear them. */
  get isPaging(): boolean {
    return this.#paging;
  }

  hostConnected(): void {
    this.#resize = onResize(() => this.#following && this.settle());
    const list = this.#list();
    if (list !== null) this.#resize.observe(list);
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
  }

  toEnd(): void {
    this.#following = true;
    this.#span = lastOf(this.#length);
    this.#host.requestUpdate();
  }

  /** Brings the part around an entry into the page. */
  around(index: number): void {
    this.#following = false;
    this.#page(around(index, this.#span, this.#length));
  }

  /** Before a rendering: the list has this length now. */
  update(length: number): void {
    this.#anchor = this.#following ? null : this.#firstInSight();
    this.#span = kept(this.#span, length, this.#length, this.#following);
    this.#length = length;
  }

  /** After a rendering: everything stands where it stood, or the newest is in sight. */
  settle(): void {
    const list = this.#list();
    if (list === null) return;
    this.#resize?.observe(list);
    if (this.#following) {
      // Somebody has moved up, and the event that says so is still to come.
      if (list.scrollTop < this.#top && !isAtEnd(list)) return;
      scrollToEnd(list);
    } else if (this.#anchor !== null) {
      const row = list.querySelector(`[data-id="${this.#anchor.id}"]`);
      if (row !== null) list.scrollTop += row.getBoundingClientRect().top - this.#anchor.top;
    }
    this.#anchor = null;
    this.#top = list.scrollTop;
    if (!this.#paging) return;
    this.#paging = false;
    requestAnimationFrame(() => this.#host.requestUpdate());
  }

  /** Something in the list became larger without a rendering of the list. */
  readonly onGrown = (): void => {
    if (this.#following) this.settle();
  };

  readonly onScroll = (): void => {
    const list = this.#list();
    if (list === null) return;
    const up = list.scrollTop < this.#top;
    this.#top = list.scrollTop;
    const wasFollowing = this.#following;
    // Only moving up leaves the end: a list that got shorter or longer by itself does not.
    if (this.#span.end >= this.#length && isAtEnd(list)) this.#following = true;
    else if (up) this.#following = false;
    if (!this.#following) this.#bringMore(list, up);
    if (wasFollowing !== this.#following) this.#host.requestUpdate();
  };

  #bringMore(list: HTMLElement, up: boolean): void {
    const below = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (up && list.scrollTop < EDGE && this.#span.start > 0) this.#page(earlier(this.#span));
    else if (!up && below < EDGE && this.#span.end < this.#length) this.#page(later(this.#span, this.#length));
  }

  #page(span: Span): void {
    if (span === this.#span) return;
    this.#span = span;
    this.#paging = true;
    this.#host.requestUpdate();
  }

  #firstInSight(): { id: string; top: number } | null {
    const list = this.#list();
    if (list === null) return null;
    const edge = list.getBoundingClientRect().top;
    for (const row of list.querySelectorAll<HTMLElement>("[data-id]")) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { id: row.dataset["id"]!, top };
    }
    return null;
  }
}
