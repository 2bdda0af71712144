import type { HistoryReading } from "../room/history-reading.js";
import type { Room } from "../room/room.js";
import type { Transport } from "../transport/transport.js";
import type { HistoryPage } from "../wire/history-events.js";
import { RATE_DELAY } from "./passing-refusals.js";
import { refused } from "./problems.js";
import type { RoomRunner } from "./room-runner.js";

/** At 256 KiB a page this is 2 GiB: no relay has more for an honest room. */
const PAGES_MAX = 8_192;

export interface FetchHost {
  readonly room: Room;
  readonly runner: RoomRunner;
  readonly transport: Transport;
}

/** How far a fetch has come. */
export interface Fetched {
  /** The relay's number of the last message that was looked at. */
  readonly through: number;
  /** Whether the relay has said that this is all. */
  readonly complete: boolean;
}

/**
 * Fetches what the relay has kept after a number, page by page, and has the room read it.
 * @throws QsecError `link_lost`, `destroyed`, or the relay's refusal: `history_disabled`, …
 */
export async function fetchAfter(since: number, reading: HistoryReading, host: FetchHost): Promise<Fetched> {
  const { room, runner } = host;
  let page = await askForPage(since, host);
  // A relay that has given out fewer numbers than we know counts anew: nothing that it has was looked at.
  let through = page.last < since ? 0 : since;
  if (through !== since) page = await askForPage(through, host);
  for (let pages = 1; ; pages++) {
    const frames = page.messages.map(({ frame }) => frame);
    await runner.advance((now) => room.history.read(reading, frames, now));
    const last = Math.max(through, ...page.messages.map(({ seq }) => seq));
    const isFurther = last > through;
    through = last;
    if (!page.more) return { through: Math.max(through, page.last), complete: true };
    // Pages that lead nowhere, or without end, are not an honest relay's.
    if (!isFurther || pages === PAGES_MAX) return { through, complete: false };
    page = await askForPage(through, host);
  }
}

async function askForPage(since: number, host: FetchHost): Promise<HistoryPage<Uint8Array>> {
  for (;;) {
    const reply = await host.transport.fetchHistory({ since });
    if (reply.ok) return reply;
    if (reply.code !== "rate_limited") throw refused(reply);
    await new Promise((done) => setTimeout(done, RATE_DELAY));
  }
}
