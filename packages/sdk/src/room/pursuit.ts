import { foldName } from "../wire/names.js";
import type { Exchanges } from "./exchanges.js";
import type { Leadership } from "./leadership.js";
import type { OwnAnnounce } from "./own-announce.js";
import type { Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { startAfresh } from "./retry-policy.js";
import { CONCURRENT_EXCHANGES, SHARE_GIVE_UP, WANT_AFTER } from "./timing.js";
import { rosterEntry } from "./views.js";

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
      const from = this.#wantsFrom(peer);
      if (from === null || now < from) continue;
      const busy = this.#state.presence.all.filter(({ exchange }) => exchange !== null).length;
      if (busy >= CONCURRENT_EXCHANGES) return;
      if (peer.announce !== null) await this.#exchanges.start(peer, this.#isForTwo(peer) ? 0 : 1, now);
      else if (now >= peer.askedAt + WANT_AFTER) this.#ask(peer, now);
    }
  }

  nextWake(): number | null {
    const times = this.#state.presence.all.flatMap((peer) => {
      const from = this.#wantsFrom(peer);
      if (from === null) return [];
      return [peer.announce === null ? Math.max(from, peer.askedAt + WANT_AFTER) : from];
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  /** A person asks for another run: whoever leads calls again, the other side makes a fresh offer. */
  again(peer: Peer, now: number): void {
    startAfresh(peer);
    const calls = isLeading(this.#state) || this.#leadership.takingOver || peer.verifying || peer.writing;
    if (!calls) this.#announce.offer(now);
    else if (peer.announce === null) this.#ask(peer, now);
  }

  #ask(peer: Peer, now: number): void {
    peer.askedAt = now;
    this.#announce.ask(peer.id);
  }

  /** From when on a handshake with this peer is wanted, or null. */
  #wantsFrom(peer: Peer): number | null {
    const { online, blocked, exchange, surfacedAt } = peer;
    if (!online || blocked || exchange !== null || surfacedAt !== null || this.#isNameTaken(peer)) return null;
    const from = peer.retryAt ?? Number.NEGATIVE_INFINITY;
    if (this.#leadership.isWaitingFor(peer.id)) return from;
    if (this.#leadership.takingOver) return null;
    const isWanted = this.#isForTwo(peer) || (isLeading(this.#state) && this.#leadership.hasPlace);
    const idleFrom = this.#idleFrom(peer);
    return isWanted && idleFrom !== null ? Math.max(from, idleFrom) : null;
  }

  /**
   * From when on this member has no session with a peer, or one that nothing will come of: what kept the room key from going
   * through it, another leader on either side, is over. Null while it may be of use.
   */
  #idleFrom({ pairing, bytes }: Peer): number | null {
    if (pairing === null) return Number.NEGATIVE_INFINITY;
    const { active, gate, usableSince } = pairing;
    if (active || gate === "waiting" || gate === "knocking" || !isLeading(this.#state)) return null;
    return rosterEntry(this.#state.epochs.current, bytes) === undefined ? usableSince + SHARE_GIVE_UP : null;
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
