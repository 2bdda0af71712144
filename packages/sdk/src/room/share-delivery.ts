import type { MemberId } from "../wire/events.js";
import { SHARE_GIVE_UP, SHARE_RESEND } from "./timing.js";

interface Pending {
  readonly frame: Uint8Array;
  next: number;
  readonly until: number;
}

/** The leader's shares that are not acknowledged yet: resent as identical bytes, so a nonce is never used twice. */
export class ShareDelivery {
  readonly #pending = new Map<MemberId, Pending>();
  /** Every share of the current epoch, sealed: what the relay has seen anyhow. */
  readonly #sealed = new Map<MemberId, Uint8Array>();

  add(to: MemberId, frame: Uint8Array, now: number): void {
    this.#sealed.set(to, frame);
    this.#pending.set(to, { frame, next: now + SHARE_RESEND, until: now + SHARE_GIVE_UP });
  }

  acknowledged(from: MemberId): void {
    this.#pending.delete(from);
  }

  /** The session with a member is lost, and its share with it. */
  forget(id: MemberId): void {
    this.#pending.delete(id);
    this.#sealed.delete(id);
  }

  /** A member says that it holds another epoch: its share is due again. False if there is none. */
  again(to: MemberId, now: number): boolean {
    const frame = this.#sealed.get(to);
    if (frame === undefined) return false;
    const pending = this.#pending.get(to);
    if (pending === undefined) this.#pending.set(to, { frame, next: now, until: now + SHARE_GIVE_UP });
    else pending.next = Math.min(pending.next, Math.max(now, pending.next - SHARE_RESEND / 2));
    return true;
  }

  clear(): void {
    this.#pending.clear();
    this.#sealed.clear();
  }

  isPending(to: MemberId): boolean {
    return this.#pending.has(to);
  }

  /** The members who never acknowledged; each is returned once. */
  givenUp(now: number): MemberId[] {
    const given = [...this.#pending].filter(([, { until }]) => now >= until).map(([to]) => to);
    for (const to of given) this.#pending.delete(to);
    return given;
  }

  /** The frames to send again now. */
  due(now: number): { to: MemberId; frame: Uint8Array }[] {
    const due: { to: MemberId; frame: Uint8Array }[] = [];
    for (const [to, entry] of this.#pending) {
      if (now >= entry.next && now < entry.until) {
        entry.next = now + SHARE_RESEND;
        due.push({ to, frame: entry.frame });
      }
    }
    return due;
  }

  nextWake(): number | null {
    const times = [...this.#pending.values()].map(({ next, until }) => Math.min(next, until));
    return times.length === 0 ? null : Math.min(...times);
  }
}
