import type { Decisions } from "../room/decisions.js";
import type { StepResult } from "../room/effects.js";
import type { MemberId } from "../wire/events.js";
import type { QsecSessionEventMap } from "./events.js";
import { TypedEventTarget } from "./typed-event-target.js";

/** What a person decides about the others in a room. */
export abstract class SessionDecisions extends TypedEventTarget<QsecSessionEventMap> {
  /** `verify`: this person says that the peer's emoji match. @throws QsecError `unknown_peer` */
  async confirm(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.confirm(peer, now));
  }

  /** `verify`: they do not match. The pair ends, and this identity is not let in again. @throws QsecError `unknown_peer` */
  async reject(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.reject(peer, now));
  }

  /** Asks for another BB84 run with a peer after one was aborted. @throws QsecError `unknown_peer` */
  async retry(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.retry(peer, now));
  }

  /** Lets in somebody who knocks (option `approve`). @throws QsecError `unknown_peer` */
  async admit(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.answerKnock(peer, true, now));
  }

  /** Does not let in somebody who knocks, now or later. @throws QsecError `unknown_peer` */
  async refuse(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.answerKnock(peer, false, now));
  }

  /**
   * Asks for emoji to compare with any member: they come as `verify`, on the other side too where the two have had no
   * handshake yet. Answer with {@link confirm} or {@link reject}.
   * @throws QsecError `unknown_peer`
   * @example
   * session.addEventListener("verify", async ({ detail: { peer, emoji } }) => {
   *   const same = await ask(`${peer.name} sees ${emoji.map(({ symbol }) => symbol).join(" ")}?`);
   *   await (same ? session.confirm(peer.id) : session.reject(peer.id));
   * });
   */
  async verify(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.verify(peer, now));
  }

  /**
   * The person takes a member's changed key as it is (see `identity:changed`), without having compared anything.
   * @throws QsecError `unknown_peer` when the key of this member is not a changed one
   */
  async acceptIdentity(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.acceptIdentity(peer, now));
  }

  /** The leader replaces the room key after fresh handshakes with everybody. @throws QsecError `not_leader` */
  async rekey(): Promise<void> {
    await this.decide((decisions, now) => decisions.rekey(now));
  }

  /**
   * The leader removes a member for good: its session says `removed` and closes, if the relay lets it know. In `link` mode the room gets a new secret (`rotated`), so that the old invite
   * opens nothing any more; in `open` the person can come back under a new identity.
   * @throws QsecError `not_leader`, `unknown_peer`
   */
  async kick(peer: MemberId): Promise<void> {
    await this.decide((decisions, now) => decisions.kick(peer, now));
  }

  /** @ignore */
  protected abstract decide(step: (decisions: Decisions, now: number) => Promise<StepResult>): Promise<void>;
}
