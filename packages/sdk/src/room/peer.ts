import type { PairSession } from "../handshake/pair-session.js";
import type { SafetyCode } from "../handshake/safety-code.js";
import { fromBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import type { QsecErrorCode } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { Exchange } from "./exchange.js";
import type { Run } from "./next-run.js";

/**
 * What stands before a room key: in `verify` a person on either side has to compare emoji (`waiting`); where the leader
 * approves members, its person has to let the peer in (`knocking`).
 */
export type Gate = "none" | "waiting" | "knocking" | "open";

/** A completed handshake with a peer. */
export interface Pairing {
  readonly session: PairSession;
  readonly safetyCode: SafetyCode;
  readonly direction: "initiator" | "responder";
  /** The authenticated name. */
  readonly name: string;
  /** When a room key could first go through it: the handshake was done, and the gate open. */
  usableSince: number;
  gate: Gate;
  /** When the gate closes for good. */
  gateDeadline: number;
  /** Whether a person here was asked to compare emoji, though no room key waits for it. */
  comparing: boolean;
  /** Set once a share went through it: from then on no unauthenticated ABORT can touch it. */
  active: boolean;
  /** A SHARE that came before this side's person confirmed; opened only then. */
  heldShare: Uint8Array | null;
}

/** All that this member knows of another; one object per identity, owned by the room. */
export interface Peer {
  readonly id: MemberId;
  readonly bytes: Uint8Array;
  /** What the relay calls it. */
  relayName: string;
  /** Whether the relay lists it. */
  present: boolean;
  online: boolean;
  /** Since when it is not online, or null. */
  offlineSince: number | null;
  /** The relay said that it left for good. */
  departed: boolean;
  /** Its latest announce that no handshake has used. */
  announce: Uint8Array | null;
  /** When this side last asked for an announce, or first saw the peer. */
  askedAt: number;
  exchange: Exchange | null;
  pairing: Pairing | null;
  /** The session before this one, until a room key has gone through the new one. */
  former: Pairing | null;
  /** Runs with this peer so far. */
  runs: number;
  /** Failures in a row. */
  failures: number;
  retryAt: number | null;
  /** Since when no run starts by itself until a person asks for one, or null. */
  surfacedAt: number | null;
  /** Why the last run failed. */
  lastFailure: QsecErrorCode | null;
  /** A person here refused or removed this identity for good. */
  blocked: boolean;
  /** The name under which it was refused because another member has it, or null. */
  refusedName: string | null;
  /** A person here asked to compare emoji and there is no session yet. */
  verifying: boolean;
  /** A private message of this member waits for a session with it. */
  writing: boolean;
  /** The name under which a person here compared the emoji with this identity, or null: under another it is not verified. */
  verifiedAs: string | null;
  /** What the next run takes; null: what the options say. */
  nextRun: Run | null;
  /** What the last run measured that could not correct its errors, 0 … 1. */
  measuredQber: number;
  /** After PROFILE: it takes the profile that every peer knows, and no other. */
  golayOnly: boolean;
  /** Whether the application was told that the relay's name for it is not its own. */
  nameAlarmed: boolean;
  /** When its last M1 was answered. */
  answeredAt: number;
}

export function createPeer(id: MemberId, now: number): Peer {
  return {
    id,
    bytes: fromBase64url(id),
    relayName: "",
    present: false,
    online: false,
    offlineSince: null,
    departed: false,
    announce: null,
    askedAt: now,
    exchange: null,
    pairing: null,
    former: null,
    verifying: false,
    writing: false,
    runs: 0,
    failures: 0,
    retryAt: null,
    surfacedAt: null,
    lastFailure: null,
    nameAlarmed: false,
    blocked: false,
    refusedName: null,
    verifiedAs: null,
    nextRun: null,
    measuredQber: 0,
    golayOnly: false,
    answeredAt: Number.NEGATIVE_INFINITY,
  };
}

/** The name to show: authenticated if there is one, else what the relay says. */
export function peerName(peer: Peer): string {
  return peer.pairing?.name ?? peer.relayName;
}

/** Destroys the session keys with a peer. */
export function dropPairing(peer: Peer): void {
  peer.pairing?.session.wipe();
  peer.former?.session.wipe();
  peer.pairing = peer.former = null;
}

/** A newer handshake supersedes the session, which is kept until a room key has gone through the new one. */
export function supersede(peer: Peer, pairing: Pairing): void {
  const current = peer.pairing;
  if (current?.active === true) {
    peer.former?.session.wipe();
    peer.former = current;
  } else {
    current?.session.wipe();
  }
  peer.pairing = pairing;
}

/** The session that a record names, if it is one of this peer's. Otherwise the current one, which refuses it. */
export function pairingOf(peer: Peer, sid: Uint8Array): Pairing | null {
  return peer.former !== null && equalBytes(peer.former.session.sid, sid) ? peer.former : peer.pairing;
}

/** A room key went through this session: it is the one that counts. */
export function settlePairing(peer: Peer, pairing: Pairing): void {
  pairing.active = true;
  const other = pairing === peer.former ? peer.pairing : peer.former;
  other?.session.wipe();
  peer.pairing = pairing;
  peer.former = null;
}
