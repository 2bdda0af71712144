import type { KeptMessage } from "./message-store.js";
import type { MessageRow, MessageRows, RowSize, RowSum } from "./message-rows.js";

/** Messages in memory: gone with the relay. */
export class MemoryRows implements MessageRows {
  /** In the order of their numbers. */
  readonly #rooms = new Map<string, readonly MessageRow[]>();

  load(): readonly RowSum[] {
    return [];
  }

  add(row: MessageRow): void {
    const copy = { ...row, sealed: new Uint8Array(row.sealed) }; // what came from a socket may be a view of a larger buffer
    const rows = this.#rooms.get(row.room);
    if (rows === undefined) this.#rooms.set(row.room, [copy]);
    else (rows as MessageRow[]).push(copy);
  }

  sizes(room: string, since: number, limit: number, now: number): readonly RowSize[] {
    const rows = this.#after(room, since, now).slice(0, limit);
    return rows.map(({ seq, sealed }) => ({ seq, bytes: sealed.length }));
  }

  read(room: string, since: number, through: number, now: number): readonly KeptMessage[] {
    const rows = this.#after(room, since, now).filter(({ seq }) => seq <= through);
    return rows.map(({ seq, from, sealed }) => ({ seq, from, sealed }));
  }

  removeThrough(room: string, seq: number): void {
    this.#keep(room, (row) => row.seq > seq);
  }

  removeExpired(now: number): readonly RowSum[] {
    return [...this.#rooms].flatMap(([room, rows]) => {
      const over = rows.filter(({ expiresAt }) => expiresAt <= now);
      if (over.length === 0) return [];
      this.#keep(room, ({ expiresAt }) => expiresAt > now);
      const bytes = over.reduce((sum, { sealed }) => sum + sealed.length, 0);
      return [{ room, messages: over.length, bytes, last: over.at(-1)!.seq }];
    });
  }

  nextExpiry(): number {
    let next = Infinity;
    for (const rows of this.#rooms.values()) for (const { expiresAt } of rows) next = Math.min(next, expiresAt);
    return next;
  }

  compact(): void {}

  close(): void {
    this.#rooms.clear();
  }

  #after(room: string, since: number, now: number): readonly MessageRow[] {
    return (this.#rooms.get(room) ?? []).filter(({ seq, expiresAt }) => seq > since && expiresAt > now);
  }

  #keep(room: string, stays: (row: MessageRow) => boolean): void {
    const rows = (this.#rooms.get(room) ?? []).filter(stays);
    if (rows.length > 0) this.#rooms.set(room, rows);
    else this.#rooms.delete(room);
  }
}
