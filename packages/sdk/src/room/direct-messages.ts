import { wipe } from "../crypto/wipe.js";
import { fromUtf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { KIND } from "../wire/kinds.js";
import { BODY_MAX } from "../wire/limits.js";
import { u64 } from "../wire/writer.js";
import type { StepResult } from "./effects.js";
import type { BB84Peer, DirectDetail, DirectDoneDetail } from "./events.js";
import type { Freshness } from "./freshness.js";
import { peerName, type Pairing, type Peer } from "./peer.js";
import type { Pursuit } from "./pursuit.js";
import { decodeDirect, DIRECT_TYPE, encodeDirect, type Direct, type DirectType } from "./records.js";
import { isLeading, type RoomState } from "./room-state.js";
import { notSecured, type Sealer } from "./seal.js";
import { DIRECT_GIVE_UP, FRAME_RESEND } from "./timing.js";
import { entryPeer, rosterEntry } from "./views.js";

export interface DirectParts {
  readonly state: RoomState;
  readonly freshness: Freshness;
  readonly sealer: Sealer;
  readonly pursuit: Pursuit;
  readonly step: (now: number, work: () => void | Promise<void>) => Promise<StepResult>;
}

/** A private message that its receiver has not confirmed. */
interface Waiting {
  readonly peer: Peer;
  readonly direct: Direct;
  readonly until: number;
  sendAt: number;
  repeats: number;
}

const WAITING_MAX = 256;
/** More than a sender can have on the way at once. */
const HEARD_MAX = 2 * WAITING_MAX;
/** More than come and go in a room while one of their messages is still sent again. */
const SENDERS_MAX = 1024;

/**
 * Private messages between two members (protocol §6, DIRECT): over the session of the pair alone, unsigned, so that
 * neither can prove to others what the other wrote. The receiver confirms each by its time; until then it is sealed and
 * sent anew now and then, by whatever session there is, and shown once.
 */
export class DirectMessages {
  readonly #parts: DirectParts;
  readonly #waiting = new Set<Waiting>();
  /**
   * The times of messages that were shown, per sender, oldest first, whoever was heard last at the end. By id: a peer that
   * the relay reports as gone and lists again is another object, and sends again what it has no confirmation of.
   */
  readonly #heard = new Map<MemberId, Set<number>>();
  #lastMs = 0;
  /** Whether anything could be sealed when the last step ended. */
  #ready = false;

  constructor(parts: DirectParts) {
    this.#parts = parts;
  }

  /**
   * Takes a message for a member; it goes out as soon as there is a session and the roster is fresh. How it ends is told
   * as `direct:done`.
   * @returns the time that names it, and the step
   * @throws QsecError `not_secured`, `unknown_peer`, `peer_offline`, `message_too_large`, `rate_limited`
   */
  async send(
    to: MemberId,
    type: DirectType,
    body: Uint8Array,
    now: number,
  ): Promise<{ readonly sentAt: number; readonly step: StepResult }> {
    const { sealer, freshness, pursuit } = this.#parts;
    if (!sealer.isSecured) throw notSecured();
    if (body.length > BODY_MAX)
      throw new QsecError("message_too_large", `A message may have at most ${BODY_MAX} bytes; split it into several.`);
    if (this.#waiting.size >= WAITING_MAX)
      throw new QsecError("rate_limited", `${WAITING_MAX} private messages wait already: wait for some of them.`);
    const peer = this.#member(to);
    const sentAt = (this.#lastMs = Math.max(now, this.#lastMs + 1));
    const step = await this.#parts.step(now, () => {
      this.#waiting.add({
        peer,
        direct: { type, ms: sentAt, body },
        until: now + DIRECT_GIVE_UP,
        sendAt: now,
        repeats: 0,
      });
      freshness.want(now);
      if (peer.pairing !== null || peer.exchange !== null) return;
      peer.writing = true;
      pursuit.again(peer, now);
    });
    return { sentAt, step };
  }

  /** @throws QsecError `GATE` before the sender was let in here, and for what is refused otherwise: nothing changes */
  async receive(peer: Peer, pairing: Pairing, frame: Uint8Array, now: number): Promise<void> {
    const { effects } = this.#parts.state;
    const direct = await pairing.session.open(KIND.DIRECT, frame, (content) => {
      if (this.#shown(peer) === null || !isOpen(pairing) || peer.blocked)
        throw new QsecError("GATE", "A private message came from somebody who is not let in.");
      return decodeDirect(content);
    });
    const receipt = await pairing.session.seal(KIND.ACK, u64(direct.ms));
    effects.send({ event: "encrypted_message", header: { to: peer.id }, frame: receipt });
    if (this.#repeats(peer, direct.ms)) return;
    effects.report({ event: "msg_decrypted", header: { iv: 12 } });
    effects.emit("direct", detailOf(this.#shown(peer)!, direct, false));
    this.#parts.freshness.traffic(now, 2);
  }

  /** The receiver has opened the message of that time. */
  confirmed(peer: Peer, ms: number): void {
    for (const waiting of this.#waiting) {
      if (waiting.peer !== peer || waiting.direct.ms !== ms) continue;
      this.#parts.state.effects.emit("direct", detailOf(this.#shown(peer) ?? nameOf(peer), waiting.direct, true));
      this.#done(waiting, null);
    }
  }

  /** Sends what can go. */
  async tick(now: number): Promise<void> {
    const { state, sealer } = this.#parts;
    this.#ready = sealer.isReady(now);
    for (const waiting of this.#waiting) {
      const { peer, direct } = waiting;
      peer.writing = peer.pairing === null;
      if (now < waiting.sendAt || !this.#ready || !this.#canReach(peer)) continue;
      const content = encodeDirect(direct);
      const frame = await peer.pairing!.session.seal(KIND.DIRECT, content).finally(() => wipe(content));
      state.effects.send({ event: "encrypted_message", header: { to: peer.id }, frame });
      waiting.sendAt = now + (FRAME_RESEND[waiting.repeats++] ?? DIRECT_GIVE_UP);
    }
  }

  /** Gives up what cannot arrive any more, or has not for too long. */
  expire(now: number): void {
    for (const waiting of this.#waiting) {
      if (this.#shown(waiting.peer) === null || waiting.peer.blocked) this.#done(waiting, "unknown_peer");
      else if (now >= waiting.until) this.#done(waiting, "timeout");
    }
  }

  nextWake(linked: boolean): number | null {
    const times = [...this.#waiting].map(({ peer, sendAt, until }) =>
      linked && this.#ready && this.#canReach(peer) ? Math.min(sendAt, until) : until,
    );
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Forgets what waits; how it ends is not told any more. */
  clear(): void {
    for (const { direct } of this.#waiting) wipe(direct.body);
    this.#waiting.clear();
    this.#heard.clear();
  }

  #done(waiting: Waiting, code: DirectDoneDetail["code"]): void {
    const { peer, direct } = waiting;
    this.#waiting.delete(waiting);
    if (![...this.#waiting].some((other) => other.peer === peer)) peer.writing = false;
    this.#parts.state.effects.emit("direct:done", { peer: nameOf(peer), sentAt: direct.ms, code });
  }

  /** A leader writes only to who has opened a room key: in `verify` that is, after both people have confirmed. */
  #canReach({ online, pairing, former }: Peer): boolean {
    if (!online || pairing === null || !isOpen(pairing)) return false;
    return pairing.active || former?.active === true || !isLeading(this.#parts.state);
  }

  #member(id: MemberId): Peer {
    const peer = this.#parts.state.presence.get(id);
    if (peer === undefined || peer.blocked || this.#shown(peer) === null)
      throw new QsecError("unknown_peer", "There is no member of the room with this id.");
    if (!peer.online) throw new QsecError("peer_offline", "This member is not connected; write when it is back.");
    return peer;
  }

  /** The peer under its signed name, or null if it is not in the roster. */
  #shown(peer: Peer): BB84Peer | null {
    const entry = rosterEntry(this.#parts.state.epochs.current, peer.bytes);
    return entry === undefined ? null : entryPeer(entry);
  }

  #repeats({ id }: Peer, ms: number): boolean {
    const heard = this.#heard.get(id) ?? new Set<number>();
    this.#heard.delete(id);
    this.#heard.set(id, heard);
    if (heard.has(ms)) return true;
    heard.add(ms);
    keepNewest(this.#heard, SENDERS_MAX);
    keepNewest(heard, HEARD_MAX);
    return false;
  }
}

function keepNewest<Key>(entries: Set<Key> | Map<Key, unknown>, count: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= count) break;
    entries.delete(oldest);
  }
}

function isOpen({ gate }: Pairing): boolean {
  return gate === "none" || gate === "open";
}

function nameOf(peer: Peer): BB84Peer {
  return { id: peer.id, name: peerName(peer) };
}

function detailOf(peer: BB84Peer, { type, ms, body }: Direct, own: boolean): DirectDetail {
  const content = type === DIRECT_TYPE.text ? { text: fromUtf8(body) } : { data: body };
  return { peer, own, ...content, sentAt: ms };
}
