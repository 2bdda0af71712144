import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { outranks, type AcceptanceState, type RoomRank } from "./acceptance.js";
import type { Rank } from "../handshake/messages.js";
import type { Freshness } from "./freshness.js";
import type { Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { CANDIDATE_STEP, LEADER_LOST, LEADER_SILENT, SUCCESSOR_ONLY } from "./timing.js";

/** Whom this member follows, and when it takes over itself (protocol §7.2, §7.4). */
export class Succession {
  readonly #state: RoomState;
  readonly #freshness: Freshness;
  #yielded: { readonly to: Uint8Array; readonly until: number } | null = null;

  constructor(state: RoomState, freshness: Freshness) {
    this.#state = state;
    this.#freshness = freshness;
  }

  /** The leader signed that `id` follows it. */
  yielded(to: Uint8Array, now: number): void {
    this.#yielded = { to, until: now + SUCCESSOR_ONLY };
  }

  /** A new epoch settles who leads. */
  settled(): void {
    this.#yielded = null;
  }

  /** What decides whether a shared epoch is taken. */
  acceptance(now: number): AcceptanceState {
    const { epochs, options, presence } = this.#state;
    const held = (epoch: typeof epochs.current) => (epoch === null ? null : { commit: epoch.commit, hash: epoch.hash });
    const silentSince = this.#silentSince();
    return {
      rid: options.access.context.rid,
      ownId: options.self.id,
      ownName: options.self.name,
      comparedName: (id) => comparedName(presence.get(toBase64url(id))),
      current: held(epochs.current),
      previous: held(epochs.previous),
      leaderSilent: silentSince !== null && now >= silentSince,
      detached: this.#detached(silentSince, now),
    };
  }

  /** After YIELD only the successor may lead for a while, then anyone; so may anyone after a long silence. */
  #detached(silentSince: number | null, now: number): AcceptanceState["detached"] {
    if (this.#yielded !== null) return { successor: now < this.#yielded.until ? this.#yielded.to : null };
    return silentSince !== null && now >= silentSince + LEADER_LOST ? { successor: null } : null;
  }

  /** This member's claim to lead, for M1 and for meetings of two leaders. */
  rank(): Rank {
    const commit = this.#state.epochs.current?.commit;
    return { role: 1, epoch: commit?.epoch ?? 0, members: commit?.roster.length ?? 1 };
  }

  /** Whether a leader that calls outranks the room that this member leads. */
  yieldsTo(id: Uint8Array, rank: Rank): boolean {
    const mine: RoomRank = { ...this.rank(), id: this.#state.options.self.id };
    return outranks({ ...rank, id }, mine);
  }

  /** When this member starts to take over if nothing changes; null while the leader is there. */
  takeOverAt(): number | null {
    const { epochs, options } = this.#state;
    const epoch = epochs.current;
    if (epoch === null || isLeading(this.#state)) return null;
    if (this.#yielded !== null && equalBytes(this.#yielded.to, options.self.id)) return Number.NEGATIVE_INFINITY;
    const silent = this.#silentSince();
    return silent === null ? null : silent + this.#rankAmongOnline() * CANDIDATE_STEP;
  }

  /** When the leader counts as silent: it is not online, or leaves questions unanswered; null while it answers. */
  #silentSince(): number | null {
    const { epochs, presence } = this.#state;
    const unanswered = this.#freshness.silentSince;
    const leader = presence.get(toBase64url(epochs.current?.leader.id ?? new Uint8Array(32)));
    if (leader === undefined || leader.offlineSince === null) return unanswered;
    const offline = leader.departed ? leader.offlineSince : leader.offlineSince + LEADER_SILENT;
    return unanswered === null ? offline : Math.min(offline, unanswered);
  }

  /** How many members before this one in signed order are online. */
  #rankAmongOnline(): number {
    const { epochs, presence } = this.#state;
    const epoch = epochs.current!;
    const before = epoch.commit.roster.slice(1, epoch.ownIndex);
    return before.filter(({ id }) => presence.get(toBase64url(id))?.online === true).length;
  }
}

/** The name under which a person here has compared emoji with this peer, while it goes by that name. */
function comparedName(peer: Peer | undefined): string | null {
  return peer !== undefined && peer.pairing?.name === peer.verifiedAs ? peer.verifiedAs : null;
}
