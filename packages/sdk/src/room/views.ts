/** What the application sees of members and epochs. Pure. */
import { toHex, equalBytes } from "../wire/bytes.js";
import { toBase64url } from "../wire/base64url.js";
import type { MemberId } from "../wire/events.js";
import type { Admission } from "../wire/kinds.js";
import type { Self } from "../handshake/outcome.js";
import type { Epoch } from "./epoch.js";
import { rosterIndex, type RosterEntry } from "./epoch-commit.js";
import type { Badge, BB84Peer, EpochView, KeyState, MemberView } from "./events.js";
import { peerName, type Peer } from "./peer.js";

export interface MembersState {
  readonly self: Self;
  readonly admission: Admission;
  readonly epoch: Epoch | null;
  readonly peers: readonly Peer[];
  /** For whom the relay names; shown only before the first epoch. */
  readonly relayLeader: MemberId | null;
  /** Who has another key than this device knows under that name. */
  readonly changed: readonly MemberId[];
}

/** This member first, then the signed roster in its order, then those who wait. */
export function memberViews(state: MembersState): MemberView[] {
  const { self, epoch, peers } = state;
  const order = (peer: Peer) => {
    const index = epoch === null ? -1 : rosterIndex(epoch.commit.roster, peer.bytes);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  const shown = peers.filter((peer) => peer.present || order(peer) < Number.MAX_SAFE_INTEGER);
  const others = shown.sort((a, b) => order(a) - order(b)).map((peer) => peerView(state, peer));
  const id = toBase64url(self.id);
  const own: MemberView = {
    id,
    name: self.name,
    you: true,
    leader: isLeader(state, id),
    online: true,
    badge: "you",
    keyState: epoch === null ? "none" : "active",
    fingerprint: null,
  };
  return [own, ...others];
}

function peerView(state: MembersState, peer: Peer): MemberView {
  const entry = rosterEntry(state.epoch, peer.bytes);
  return {
    id: peer.id,
    name: entry?.name ?? peerName(peer),
    you: false,
    leader: isLeader(state, peer.id),
    online: peer.online,
    badge: state.changed.includes(peer.id) ? "changed" : badgeOf(state.admission, entry, peer.verifiedAs),
    keyState: keyStateOf(peer, entry !== undefined),
    fingerprint: peer.pairing?.session.fingerprint ?? null,
  };
}

function badgeOf(admission: Admission, entry: RosterEntry | undefined, verifiedAs: string | null): Badge {
  if (entry === undefined) return "waiting";
  if (entry.name === verifiedAs) return "verified";
  return ({ link: "link", verify: "vouched", open: "unverified" } as const)[admission];
}

function keyStateOf(peer: Peer, member: boolean): KeyState {
  if (member && peer.pairing?.active !== false) return "active";
  if (peer.exchange !== null) return "exchanging";
  if (peer.pairing !== null) return peer.pairing.gate === "waiting" ? "confirming" : "keyed";
  return peer.surfacedAt === null ? "none" : "aborted";
}

function isLeader({ epoch, relayLeader }: MembersState, id: MemberId): boolean {
  return epoch === null ? relayLeader === id : toBase64url(epoch.leader.id) === id;
}

export function rosterEntry(epoch: Epoch | null, id: Uint8Array): RosterEntry | undefined {
  return epoch?.commit.roster.find((entry) => equalBytes(entry.id, id));
}

export function entryPeer({ id, name }: RosterEntry): BB84Peer {
  return { id: toBase64url(id), name };
}

/** Who is in `next` and not in `before`. */
export function rosterDifference(next: readonly RosterEntry[], before: readonly RosterEntry[]): BB84Peer[] {
  return next.filter(({ id }) => rosterIndex(before, id) < 0).map(entryPeer);
}

export function epochView(epoch: Epoch, since: number): EpochView {
  return {
    number: epoch.number,
    since,
    roomCode: epoch.roomCode,
    members: epoch.commit.roster.length,
    history: epoch.history,
    algorithm: "AES-256-GCM",
  };
}

/** What the relay may call this identity besides its name: the pseudonym of `metadata: "minimal"`. */
export function pseudonyms(id: Uint8Array): readonly string[] {
  return [`guest-${toHex(id.subarray(0, 2))}`, `guest-${toHex(id.subarray(0, 4))}`];
}
