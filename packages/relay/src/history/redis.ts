import { QsecError, type HistoryPage } from "@qsec2/sdk/wire";
import type { RedisPlace } from "../redis/place.js";
import type { MessageStats, MessageStore, NewMessage } from "./message-store.js";
import { historyDisabled, noPlace, type HistoryLimits } from "./messages.js";
import * as scripts from "./redis-scripts.js";

const MIB = 2 ** 20;
type Totals = readonly [messages: number, bytes: number];

/** Kept messages in the Redis that several relays have in common; the numbers of the room are there, too. */
export class RedisMessages implements MessageStore {
  readonly #place: RedisPlace;
  readonly #limits: HistoryLimits;
  #totals: Totals = [0, 0];
  #closed = false;

  constructor(place: RedisPlace, limits: HistoryLimits) {
    this.#place = place;
    this.#limits = limits;
  }

  async add(room: string, { from, sealed }: NewMessage): Promise<number> {
    this.#requireEnabled();
    const { history, historyQuota, historyTotal } = this.#limits;
    const limits = [history * 1000, historyQuota * MIB, historyTotal * MIB];
    const [seq, totals] = (await this.#place.run(scripts.ADD, room, from, sealed, ...limits)) as [
      number | "gone" | "full",
      Totals | undefined,
    ];
    if (totals) this.#totals = totals;
    if (seq === "gone") throw new QsecError("not_joined", "The room is gone; join it again.");
    if (seq === "full") throw noPlace();
    return seq;
  }

  async page(room: string, since: number): Promise<Pick<HistoryPage<Uint8Array>, "messages" | "more">> {
    this.#requireEnabled();
    const [more, ...fields] = (await this.#place.runForBytes(scripts.PAGE, room, `(${since}`)) as [number, ...Buffer[]];
    const messages = Array.from({ length: fields.length / 3 }, (_, i) => {
      const [seq, from, frame] = fields.slice(3 * i, 3 * i + 3);
      return { seq: Number(seq.toString()), from: from.toString(), frame: new Uint8Array(frame) };
    });
    return { messages, more: more === 1 };
  }

  async last(room: string): Promise<number> {
    return Number((await this.#place.run(scripts.LAST, room)) ?? 0);
  }

  async expire(): Promise<void> {
    if (!this.#closed) this.#totals = (await this.#place.run(scripts.EXPIRE)) as Totals;
  }

  close(): void {
    this.#closed = true;
  }

  /** Of all relays, as this one has seen it last. */
  get stats(): MessageStats {
    const [messages, bytes] = this.#totals;
    return { messages, bytes };
  }

  #requireEnabled(): void {
    if (this.#limits.history === 0) throw historyDisabled();
  }
}
