import { foldName } from "../wire/names.js";
import type { Exchanges } from "./exchanges.js";
import type { Leadership } from "./leadership.js";
import type { OwnAnnounce } from "./own-announce.js";
import type { Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { CONCURRENT_EXCHANGES, WANT_AFTER } from "./timing.js";

/** Whom this member calls, and when: a leader every peer without a session, a new leader those it has to gather. */
export class Pursuit {
  readonly #state: RoomState;
  readonly #leadership: Leadership;
  readonly #exchanges: Exchanges;
  readonly #announce: OwnAnnounce;

  constructor(state: RoomState, leadership: Leadership, exchanges: Exchanges, announce: OwnAnnounce) {
    this.#state = state;
    this.#leadership = leadership;
    this.#exchanges = exchanges;
    this.#announce = announce;
  }

  /** Starts the handshakes that are due. */
  async tick(now: number): Promise<void> {
    for (const peer of this.#state.presence.all) {
      if (!this.#wants(peer) || (peer.retryAt !== null && now < peer.retryAt)) continue;
      const busy = this.#state.presence.all.filter(({ exchange }) => exchange !== null).length;
      if (busy >= CONCURRENT_EXCHANGES) return;
      if (peer.announce !== null) await this.#exchanges.start(peer, this.#isForTwo(peer) ? 0 : 1, now);
      else if (now >= peer.askedAt + WANT_AFTER) this.#ask(peer, now);
    }
  }

  nextWake(): number | null {
    const times = this.#state.presence.all
      .filter((peer) => this.#wants(peer))
      .map(({ retryAt, announce, askedAt }) => Math.max(retryAt ?? 0, announce === null ? askedAt + WANT_AFTER : 0));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** A person asks for another run: whoever leads calls again, the other side makes a fresh offer. */
  again(peer: Peer, now: number): void {
    peer.surfacedAt = peer.retryAt = peer.nextRun = null;
    peer.failures = 0;
    peer.golayOnly = false;
    const calls = isLeading(this.#state) || this.#leadership.takingOver || peer.verifying || peer.writing;
    if (!calls) this.#announce.offer(now);
    else if (peer.announce === null) this.#ask(peer, now);
  }

  #ask(peer: Peer, now: number): void {
    peer.askedAt = now;
    this.#announce.ask(peer.id);
  }

  #wants(peer: Peer): boolean {
    const { online, blocked, exchange, pairing, surfacedAt } = peer;
    if (!online || blocked || exchange !== null || surfacedAt !== null || this.#isNameTaken(peer)) return false;
    if (this.#leadership.isWaitingFor(peer.id)) return true;
    if (pairing !== null || this.#leadership.takingOver) return false;
    return this.#isForTwo(peer) || (isLeading(this.#state) && this.#leadership.hasPlace);
  }

  /** Who was refused for its name is called again when the name is free: its owner may have been the same person's old tab. */
  #isNameTaken({ refusedName }: Peer): boolean {
    if (refusedName === null) return false;
    const roster = this.#state.epochs.current?.commit.roster ?? [];
    return roster.some(({ name }) => foldName(name) === foldName(refusedName));
  }

  /** Whether this member calls only to compare emoji or to write: a leader calls to let in, which does for both. */
  #isForTwo(peer: Peer): boolean {
    return (peer.verifying || peer.writing) && !isLeading(this.#state) && !this.#leadership.takingOver;
  }
}
