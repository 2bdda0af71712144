import type { SessionArchive } from "../history/archive.js";
import { QsecError } from "../wire/errors.js";
import type { HistoryDetail } from "./events.js";
import { fetchAfter, type FetchHost } from "./history-fetch.js";
import { destroyed } from "./problems.js";

export interface SessionHistoryHost extends FetchHost {
  readonly archive: SessionArchive;
  /** A fetch is over. */
  fetched(detail: HistoryDetail): void;
  /** Something failed that no call waits for. */
  problem(error: unknown): void;
}

/**
 * What a session reads back of a room whose messages are kept: once after each time that its link came up, and whenever
 * the application asks.
 */
export class SessionHistory {
  readonly #host: SessionHistoryHost;
  /** The relay's numbers: everything up to here was looked at. */
  #since = 0;
  /** The highest that has come over the link. */
  #seen = 0;
  /** Whether a fetch is to be begun: the link has come up. */
  #isDue = false;
  /** Whether all that was kept before the link came up has been looked at. */
  #isCaughtUp = false;
  #isFirstLink = true;
  #loaded: Promise<void> | null = null;
  #running: Promise<HistoryDetail> | null = null;
  #ended = false;

  constructor(host: SessionHistoryHost) {
    this.#host = host;
  }

  /** Takes over what earlier sessions have stored; the room may read it from then on. */
  load(): Promise<void> {
    return (this.#loaded ??= this.#host.archive.load());
  }

  /** A message came over the link, or was taken from it: the relay has numbered it. */
  numbered(seq: number | undefined): void {
    this.#seen = Math.max(this.#seen, seq ?? 0);
  }

  /** @param recovered the relay says that nothing was missed: then there is only to fetch what was not fetched before */
  linkUp(recovered: boolean): void {
    if (recovered && this.#isCaughtUp) return;
    this.#isDue = true;
    this.#isCaughtUp = false;
  }

  /** What comes from now on is missed. What came until now is not, unless something before it is still to be fetched. */
  linkDown(): void {
    if (this.#isCaughtUp) this.#since = Math.max(this.#since, this.#seen);
    this.#isDue = this.#isFirstLink = false;
  }

  /** The room goes on at another place of the relay, which counts by itself and has nothing of what was said before. */
  moved(rid: Uint8Array, toOtherPlace: boolean): void {
    this.#host.archive.move(rid);
    if (toOtherPlace) this.#since = this.#seen = 0;
  }

  /** Part of a step of the room: catches up if it is time to. */
  catchUp(): void {
    const { room, archive } = this.#host;
    if (!this.#isDue || room.epoch?.history !== true) return;
    this.#isDue = false;
    // Who is new here and was given no past keys could read nothing of it.
    if (this.#isFirstLink && archive.epochs.length <= 1) this.#isCaughtUp = true;
    else this.#begin();
  }

  #begin(): void {
    this.fetch().catch((error: unknown) => {
      const passes = error instanceof QsecError && (error.code === "link_lost" || error.code === "destroyed");
      if (!passes && !this.#ended) this.#host.problem(error);
    });
  }

  /** @throws QsecError `bad_state` in a room without history, `link_lost`, `destroyed`, or the relay's refusal */
  fetch(): Promise<HistoryDetail> {
    this.#running ??= this.#fetch().finally(() => (this.#running = null));
    return this.#running;
  }

  /** @throws QsecError `store_failed` */
  forget(): Promise<void> {
    return this.#host.archive.forget();
  }

  end(): void {
    this.#ended = true;
    this.#host.archive.wipe();
  }

  async #fetch(): Promise<HistoryDetail> {
    const { room, archive } = this.#host;
    if (this.#ended) throw destroyed();
    const reading = room.history.begin();
    if (reading === null || room.epoch?.history !== true)
      throw new QsecError("bad_state", "Nothing is kept in this room: its history is off.");
    try {
      const { through, complete } = await fetchAfter(this.#since, reading, this.#host);
      if (complete) this.#since = through;
      this.#isCaughtUp ||= complete;
      const { messages, unreadable, refused } = reading;
      const endedEpochs = without(archive.epochs, room.epoch?.number);
      const detail = { messages, unreadable, refused, complete, gaps: room.history.gaps, endedEpochs };
      this.#host.fetched(detail);
      return detail;
    } finally {
      reading.end();
    }
  }
}

/** Each number once; `current` stays only if it is there a second time, from before the room began anew. */
function without(numbers: readonly number[], current: number | undefined): readonly number[] {
  const at = numbers.findIndex((number) => number === current);
  return [...new Set(numbers.filter((_, i) => i !== at))];
}
