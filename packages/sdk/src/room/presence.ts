import type { MemberId, UserList } from "../wire/events.js";
import { createPeer, type Peer } from "./peer.js";
import { startAfresh } from "./retry-policy.js";
import { STRANGERS_MAX, WANT_AFTER } from "./timing.js";

/** The peers of a room, by id, and what the relay says of their presence. Hints only: who reads is in the signed roster. */
export class Presence {
  readonly #peers = new Map<MemberId, Peer>();
  readonly #ownId: MemberId;
  /** Whom the relay names as leader: decides only who creates a room's first epoch. */
  relayLeader: MemberId | null = null;

  constructor(ownId: MemberId) {
    this.#ownId = ownId;
  }

  get all(): Peer[] {
    return [...this.#peers.values()];
  }

  get(id: MemberId): Peer | undefined {
    return this.#peers.get(id);
  }

  /** The peer with this id, made when it is new; null for this member's own id, and for one stranger too many. */
  ensure(id: MemberId, now: number): Peer | null {
    if (id === this.#ownId) return null;
    const known = this.#peers.get(id);
    if (known !== undefined) return known;
    return this.all.filter(({ present }) => !present).length < STRANGERS_MAX ? this.#add(id, now) : null;
  }

  #add(id: MemberId, now: number): Peer {
    const peer = createPeer(id, now);
    this.#peers.set(id, peer);
    return peer;
  }

  /** Offers of peers to be called. */
  announced(entries: readonly { readonly from: MemberId; readonly frame: Uint8Array }[], now: number): void {
    for (const { from, frame } of entries) {
      const peer = this.ensure(from, now);
      if (peer === null) continue;
      peer.announce = frame;
      // A fresh offer after the error rate ended a run, or long after any other end, is a person asking for another run.
      if (peer.surfacedAt !== null && (peer.lastFailure === "QBER" || now - peer.surfacedAt >= WANT_AFTER)) {
        startAfresh(peer);
      }
    }
  }

  forget(peer: Peer): void {
    this.#peers.delete(peer.id);
  }

  apply(list: UserList, now: number): void {
    this.relayLeader = list.leader;
    const listed = new Map(list.members.map((member) => [member.id, member]));
    for (const { id } of list.members) if (id !== this.#ownId && !this.#peers.has(id)) this.#add(id, now);
    for (const peer of this.#peers.values()) {
      const member = listed.get(peer.id);
      if (member !== undefined && !peer.present) peer.askedAt = now;
      peer.present = member !== undefined;
      peer.online = member?.online === true;
      peer.relayName = member?.username ?? peer.relayName;
      peer.departed = !peer.present && (peer.departed || list.departed === peer.id);
      peer.offlineSince = peer.online ? null : (peer.offlineSince ?? now);
    }
  }

  /** After a drop of the own link nobody's absence is known any more. */
  unknown(): void {
    for (const peer of this.#peers.values()) peer.offlineSince = null;
  }
}
