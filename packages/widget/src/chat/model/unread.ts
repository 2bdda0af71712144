import type { MessageRef } from "@qsec2/sdk";
import type { MessageEntry } from "./entries.js";

/** No more receipts than this at a time: who comes back to a long history does not flood the room. */
const RECEIPTS_MAX = 8;

/** What came while nobody was reading, where it begins, and which receipts are owed to its senders. */
export class Unread {
  #reading = true;
  #count = 0;
  #from: string | null = null;
  /** The last message of each sender in each epoch that no receipt was sent for; later ones behind. */
  readonly #owed = new Map<string, MessageRef>();

  get count(): number {
    return this.#count;
  }

  /** Id of the entry that the divider stands in front of. */
  get from(): string | null {
    return this.#from;
  }

  /** @param on whether the end of the list is seen @returns whether something changed */
  reading(on: boolean): boolean {
    if (on === this.#reading) return false;
    this.#reading = on;
    // The divider stays while one reads on from it, and goes when the next absence begins.
    if (!on) this.#from = null;
    this.#count = 0;
    return true;
  }

  /** Another's message was added. */
  came({ id, ref }: MessageEntry): void {
    if (ref !== null) {
      const key = `${ref.id}/${ref.epoch}`;
      this.#owed.delete(key);
      this.#owed.set(key, ref);
    }
    if (this.#reading) return;
    this.#count++;
    this.#from ??= id;
  }

  /** This person wrote something: all before it was read. */
  answered(): void {
    this.#count = 0;
    this.#from = null;
  }

  /** An entry is gone. */
  gone(id: string, next: string | null): void {
    if (this.#from === id) this.#from = next;
  }

  /** The receipts to send now; none while nobody reads. Each is given once. */
  takeReceipts(): readonly MessageRef[] {
    if (!this.#reading) return [];
    const refs = [...this.#owed.values()].slice(-RECEIPTS_MAX);
    this.#owed.clear();
    return refs;
  }
}
