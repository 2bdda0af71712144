import { wipe } from "../crypto/wipe.js";
import { encodeAbort } from "../handshake/abort.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { foldName } from "../wire/names.js";
import { NO_ROOM_KEY } from "./acceptance.js";
import { makeCommit, nextRoster } from "./commits.js";
import { Epoch } from "./epoch.js";
import { hasHistory, rosterIndex, type EpochReason, type RosterEntry } from "./epoch-commit.js";
import type { EpochSwitch } from "./epoch-switch.js";
import { pastToShare } from "./past-to-share.js";
import { dropPairing, settlePairing, type Pairing, type Peer } from "./peer.js";
import { isLeading, type RoomState } from "./room-state.js";
import { resume } from "./retry-policy.js";
import { ShareDelivery } from "./share-delivery.js";
import { encodeShare, type Share } from "./share.js";
import {
  COALESCE,
  FAILOVER_GATHER,
  MEMBER_LOST,
  REKEY_BEHIND,
  REKEY_GATHER,
  REKEY_INTERVAL,
  REKEY_MESSAGES,
} from "./timing.js";
import { rosterEntry } from "./views.js";

/** Fresh handshakes with those who are there, before one commit. */
interface Gathering {
  readonly reason: EpochReason;
  readonly waitingFor: Set<MemberId>;
  deadline: number;
}

/** The leader's duties (protocol §7.3): genesis, commits for joins, removals and re-keys, shares, and taking over. */
export class Leadership {
  readonly #state: RoomState;
  readonly #epochSwitch: EpochSwitch;
  readonly #delivery = new ShareDelivery();
  readonly #joining = new Map<MemberId, RosterEntry>();
  readonly #leaving = new Map<MemberId, Uint8Array>();
  #commitAt: number | null = null;
  #gathering: Gathering | null = null;

  constructor(state: RoomState, epochSwitch: EpochSwitch) {
    this.#state = state;
    this.#epochSwitch = epochSwitch;
  }

  /** Whether this member is gathering the others to lead them. */
  get takingOver(): boolean {
    return this.#gathering?.reason === "failover";
  }

  /** Whether a fresh handshake with this member is wanted, whatever session there is. */
  isWaitingFor(id: MemberId): boolean {
    return this.#gathering?.waitingFor.has(id) === true;
  }

  /** Whether there is room for one more besides those who are being let in. */
  get hasPlace(): boolean {
    const { epochs, presence } = this.#state;
    const roster = epochs.current?.commit.roster ?? [];
    const coming = presence.all.filter(
      ({ bytes, exchange, pairing }) => rosterIndex(roster, bytes) < 0 && (exchange !== null || pairing !== null),
    );
    return Math.max(roster.length, 1) + coming.length - this.#leaving.size < this.#capacity;
  }

  /** Whether a share to this member is still without its ACK. */
  isUnacknowledged(peer: Peer): boolean {
    return this.#delivery.isPending(peer.id);
  }

  /** As the room's creator signed it; a later leader keeps it. */
  get #capacity(): number {
    return this.#state.epochs.current?.commit.capacity ?? this.#state.options.capacity;
  }

  /** As the room's creator signed it; a later leader keeps it. */
  get #history(): boolean {
    return this.#state.epochs.current?.history ?? this.#state.options.history?.on ?? false;
  }

  /** The first epoch of a room, with this member alone in it. */
  async create(now: number): Promise<void> {
    await this.#commit("create", now);
  }

  /** Lets a peer in whose handshake is done and whose gate is open. Joins that come together become one commit. */
  admit(peer: Peer, now: number): void {
    const name = peer.pairing!.name;
    this.#gathered(peer.id, now);
    // Under another name it is somebody else to the others: it leaves first, and is called anew like all who come.
    const entry = rosterEntry(this.#state.epochs.current, peer.bytes);
    if (entry !== undefined && entry.name !== name) return this.remove(peer.bytes, now);
    this.#joining.set(peer.id, { id: peer.bytes, name });
    this.#commitAt ??= now + COALESCE;
  }

  /** Takes a member out at the next step: removals never wait. */
  remove(id: Uint8Array, now: number): void {
    this.#joining.delete(toBase64url(id));
    if (rosterIndex(this.#state.epochs.current?.commit.roster ?? [], id) < 0) return;
    this.#leaving.set(toBase64url(id), id);
    this.#commitAt = now;
  }

  /** The session with a member is of no use any more: a share over it will not be acknowledged. */
  forget(peer: Peer): void {
    this.#delivery.forget(peer.id);
    this.#joining.delete(peer.id);
  }

  /** A member has opened the room key: from now on no unauthenticated ABORT can touch the session. */
  acknowledged(peer: Peer, pairing: Pairing): void {
    peer.failures = 0;
    // Who comes in may have led others, and has told them now whom to follow.
    if (!pairing.active) for (const other of this.#state.presence.all) resume(other, ["NOT_LEADER"]);
    settlePairing(peer, pairing);
    this.#delivery.acknowledged(peer.id);
  }

  /** A member holds another epoch: it gets its share again, or a new session if there is none to send. */
  shareAgain(peer: Peer, now: number): void {
    if (!this.#delivery.again(peer.id, now)) this.#commitAt ??= now + COALESCE;
  }

  /**
   * Replaces the room key after fresh handshakes with everybody who is there (§7.3): what an intruder may have learnt of
   * older sessions opens nothing any more.
   */
  rekey(reason: "rekey" | "policy", now: number): void {
    const others = this.#state.epochs.current!.commit.roster.slice(1).map(({ id }) => toBase64url(id));
    const online = others.filter((id) => this.#state.presence.get(id)?.online === true);
    const deadline = now + (online.length === 0 ? 0 : REKEY_GATHER);
    this.#gathering = { reason, waitingFor: new Set(online), deadline };
  }

  /** A member lacks so much of this epoch that only the next one lets it read on; not at its every word. */
  rekeyForWhoIsBehind(now: number): void {
    if (this.#gathering === null && now >= this.#epochSwitch.since + REKEY_BEHIND) this.rekey("rekey", now);
  }

  /** Starts to take over from a leader that left or is silent (§7.4): first a handshake with each member that is online. */
  takeOver(now: number): void {
    const { epochs, presence, options } = this.#state;
    const [leader, ...rest] = epochs.current!.commit.roster;
    this.#leaving.set(toBase64url(leader.id), leader.id);
    const roster = rest.filter(({ id }) => !equalBytes(id, options.self.id));
    const online = roster.map(({ id }) => toBase64url(id)).filter((id) => presence.get(id)?.online === true);
    const missing = online.filter((id) => !hasPairing(presence.get(id)));
    for (const id of missing) resume(presence.get(id)!);
    const deadline = now + (missing.length === 0 ? 0 : FAILOVER_GATHER);
    this.#gathering = { reason: "failover", waitingFor: new Set(missing), deadline };
  }

  /** Drops every duty: another member leads. */
  reset(): void {
    this.#delivery.clear();
    this.#joining.clear();
    this.#leaving.clear();
    this.#commitAt = null;
    this.#gathering = null;
  }

  async tick(now: number): Promise<void> {
    const { effects, presence } = this.#state;
    // Whoever lets a share pass without an ACK has lost the session: without one, the member is called again.
    for (const id of this.#delivery.givenUp(now)) {
      const peer = presence.get(id);
      if (peer !== undefined) dropPairing(peer);
    }
    for (const { to, frame } of this.#delivery.due(now))
      effects.send({ event: "roomkey_share", header: { to }, frame });
    if (this.#gathering !== null) {
      for (const id of this.#gathering.waitingFor) if (presence.get(id)?.online !== true) this.#gathered(id, now);
      // Removals never wait, not even for fresh handshakes: these go on in the epoch after.
      if (now >= this.#gathering.deadline) await this.#commit(this.#gathering.reason, now);
      if (this.takingOver) return;
    }
    if (!isLeading(this.#state)) return;
    for (const { id } of this.#state.epochs.current!.commit.roster) {
      const peer = presence.get(toBase64url(id));
      if (
        peer !== undefined &&
        (peer.blocked ||
          peer.departed ||
          hasDeclined(peer) ||
          (peer.offlineSince !== null && now >= peer.offlineSince + MEMBER_LOST))
      ) {
        if (!this.#leaving.has(peer.id)) this.remove(id, now);
      }
    }
    if (this.#leaving.size > 0) await this.#commit("leave", now);
    else if (this.#commitAt !== null && now >= this.#commitAt && this.#gathering === null)
      await this.#commit("join", now);
    if (this.#gathering === null && now >= this.#rekeyAt()) this.rekey("rekey", now);
  }

  /** When the room key has served long enough. */
  #rekeyAt(): number {
    const epoch = this.#state.epochs.current!;
    if (epoch.commit.roster.length < 2) return Number.POSITIVE_INFINITY;
    return epoch.messages >= REKEY_MESSAGES ? Number.NEGATIVE_INFINITY : this.#epochSwitch.since + REKEY_INTERVAL;
  }

  /** One of those who are waited for is done, or gone. Who answered has an offer on its way, so the commit waits a moment. */
  #gathered(id: MemberId, now: number): void {
    if (this.#gathering?.waitingFor.delete(id) !== true || this.#gathering.waitingFor.size > 0) return;
    this.#gathering.deadline = Math.min(this.#gathering.deadline, now + COALESCE);
  }

  nextWake(): number | null {
    const times = [this.#delivery.nextWake(), this.#gathering?.deadline ?? this.#commitAt];
    if (isLeading(this.#state)) {
      if (this.#gathering === null && Number.isFinite(this.#rekeyAt())) times.push(this.#rekeyAt());
      for (const { id } of this.#state.epochs.current!.commit.roster) {
        const offlineSince = this.#state.presence.get(toBase64url(id))?.offlineSince ?? null;
        if (offlineSince !== null) times.push(offlineSince + MEMBER_LOST);
      }
    }
    const set = times.filter((time) => time !== null);
    return set.length === 0 ? null : Math.min(...set);
  }

  async #commit(reason: EpochReason, now: number): Promise<void> {
    const { options, epochs, effects, presence } = this.#state;
    const { access, self, random } = options;
    const current = epochs.current;
    // A peer whose session ended meanwhile (it left, or an ABORT came) cannot be given the key.
    const add = [...this.#joining.values()].filter(({ id }) => hasPairing(presence.get(toBase64url(id))));
    const remove = [...this.#leaving.values(), ...this.#withoutPairing()];
    this.#joining.clear();
    this.#leaving.clear();
    this.#commitAt = null;
    if (this.#gathering?.reason === reason) this.#gathering = null;
    const held = current === null ? null : { commit: current.commit, hash: current.hash };
    const accepted = this.#acceptNames(nextRoster({ self, current: held, remove, add }), add);
    const { commit, share } = makeCommit({
      rid: access.context.rid,
      self,
      current: held,
      reason,
      capacity: this.#capacity,
      history: this.#history,
      ms: now,
      random,
      remove,
      add: accepted,
    });
    this.#delivery.clear();
    // Who comes in by its own announce may have lost what it had, also if the roster has it still. A re-key calls everybody.
    const stay = reason === "join" ? [] : (current?.commit.roster ?? []);
    const newcomers = accepted.filter(({ id }) => rosterIndex(stay, id) < 0);
    const past = newcomers.length === 0 ? [] : await pastToShare(options.history, commit, share);
    try {
      for (const { id } of commit.roster.slice(1))
        await this.#share(presence.get(toBase64url(id))!, share, rosterIndex(newcomers, id) < 0 ? [] : past, now);
      for (const id of remove) await this.#tellRemoved(presence.get(toBase64url(id)), share);
      if (hasHistory(commit)) await options.history?.archive.keep([share]);
    } finally {
      wipe(...past.map(({ roomKey }) => roomKey));
    }
    effects.report({ event: "roomkey_generated", header: { size: 32, kc: toBase64url(commit.keyCommitment) } });
    this.#epochSwitch.switchTo(new Epoch(commit, share.commit, share.roomKey, self.id), now);
  }

  async #share(peer: Peer, share: Share, past: readonly Share[], now: number): Promise<void> {
    const pairing = peer.pairing!;
    const content = encodeShare(share, past);
    const frame = await pairing.session.seal(KIND.SHARE, content).finally(() => wipe(content));
    this.#delivery.add(peer.id, frame, now);
    this.#state.effects.send({ event: "roomkey_share", header: { to: peer.id }, frame });
  }

  /** Who was removed by a person's will learns it by the signed roster, without the key, and once. */
  async #tellRemoved(peer: Peer | undefined, { commit, signature }: Share): Promise<void> {
    if (!hasPairing(peer) || !peer.blocked) return;
    const content = encodeShare({ commit, signature, roomKey: NO_ROOM_KEY });
    const frame = await peer.pairing.session.seal(KIND.SHARE, content);
    this.#state.effects.send({ event: "roomkey_share", header: { to: peer.id }, frame });
  }

  /** Members of the roster that cannot be given a key, as there is no session with them. */
  #withoutPairing(): Uint8Array[] {
    const { epochs, presence } = this.#state;
    const roster = epochs.current?.commit.roster ?? [];
    return roster.map(({ id }) => id).filter((id) => !hasPairing(presence.get(toBase64url(id))));
  }

  /** A name, or one that looks the same after folding, is taken once in a room; the later member is refused. */
  #acceptNames(roster: readonly RosterEntry[], add: readonly RosterEntry[]): RosterEntry[] {
    const { presence, effects } = this.#state;
    const seen = new Set<string>();
    const refused: Uint8Array[] = [];
    for (const { id, name } of roster) {
      const fold = foldName(name);
      if (seen.has(fold)) refused.push(id);
      seen.add(fold);
    }
    for (const id of refused) {
      const peer = presence.get(toBase64url(id));
      if (!hasPairing(peer)) continue;
      effects.send({
        event: "bb84_relay",
        header: { to: peer.id },
        frame: encodeAbort(peer.pairing.session.sid, "REJECTED"),
      });
      peer.refusedName = peer.pairing.name;
      dropPairing(peer);
      effects.emit("security", {
        code: "NAME",
        message: "Somebody with a name that is taken already wanted to join and was refused.",
        level: "alarm",
        peer: null,
      });
    }
    return add.filter(({ id }) => !refused.some((other) => equalBytes(other, id)));
  }
}

/** Whether the member's person found that the emoji differ before it opened the room key, so that it does not have it. */
function hasDeclined({ pairing, exchange, lastFailure, surfacedAt }: Peer): boolean {
  return pairing === null && exchange === null && surfacedAt !== null && lastFailure === "REJECTED";
}

function hasPairing(peer: Peer | undefined): peer is Peer & { pairing: Pairing } {
  return peer !== undefined && peer.pairing !== null;
}
