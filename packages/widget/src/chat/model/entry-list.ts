import type { MessageRef } from "@qsec2/sdk";
import { keyOf, localDay, type Entry, type MessageEntry, type Placed } from "./entries.js";

/** Orders of what waits stand behind those of all that was said. */
const WAITING = 2 ** 40;

/**
 * The entries in the order of the room: as they came, and behind them what the relay has not taken yet. Owns the array;
 * an entry is never changed, another takes its place.
 */
export class EntryList {
  readonly #entries: Entry[] = [];
  /** What was said under each reference, also if it is gone meanwhile. */
  readonly #said = new Map<string, { readonly order: number; readonly sentAt: number }>();
  #waiting = 0;
  #count = 0;

  get all(): readonly Entry[] {
    return this.#entries;
  }

  get waiting(): readonly MessageEntry[] {
    return this.#waiting === 0 ? [] : (this.#entries.slice(-this.#waiting) as MessageEntry[]);
  }

  /** Whether this very message was said before, shown or gone. */
  knows(ref: MessageRef, sentAt: number): boolean {
    return this.#said.get(keyOf(ref))?.sentAt === sentAt;
  }

  find(ref: MessageRef): MessageEntry | undefined {
    const said = this.#said.get(keyOf(ref));
    const entry = said === undefined ? undefined : this.#entries[this.indexOf(said.order)];
    return entry?.kind === "message" ? entry : undefined;
  }

  /** Puts something behind all that was said. */
  append<E extends Entry>(content: Omit<E, keyof Placed>, at: number, id?: string): E {
    const order = this.#count++;
    const before = this.#entries[this.#entries.length - this.#waiting - 1];
    const day = Math.max(before?.day ?? -Infinity, localDay(at));
    const entry = { ...content, id: id ?? `e${order}`, order, at, day } as E;
    this.#entries.splice(this.#entries.length - this.#waiting, 0, entry);
    if (entry.kind === "message" && entry.ref !== null)
      this.#said.set(keyOf(entry.ref), { order, sentAt: entry.sentAt });
    return entry;
  }

  /** Puts a message behind everything, until it is said. */
  wait(content: Omit<MessageEntry, keyof Placed>, at: number): MessageEntry {
    const count = this.#count++;
    const entry = { ...content, id: `e${count}`, order: WAITING + count, at, day: localDay(at) };
    this.#entries.push(entry);
    this.#waiting++;
    return entry;
  }

  replace(entry: Entry): void {
    const index = this.indexOf(entry.order);
    if (index >= 0) this.#entries[index] = entry;
  }

  remove({ order }: Entry): void {
    const index = this.indexOf(order);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    if (order >= WAITING) this.#waiting--;
  }

  /** The place of an entry, or −1 when it is gone. */
  indexOf(order: number): number {
    let [low, high] = [0, this.#entries.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#entries[middle].order;
      if (found === order) return middle;
      if (found < order) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
