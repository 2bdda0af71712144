import { ROOM_SECRET_BYTES } from "../handshake/room-secret.js";
import type { Epoch } from "./epoch.js";
import type { Leadership } from "./leadership.js";
import type { OwnAnnounce } from "./own-announce.js";
import type { RoomState } from "./room-state.js";
import { isSecured, type Sealer } from "./seal.js";
import { entryPeer } from "./views.js";

/**
 * A new room secret after somebody was removed (protocol §7.3): in the epoch without that member the leader says ROTATE,
 * and everybody shakes hands anew under the new secret. Who was removed holds an invite that opens nothing.
 */
export class Rotation {
  readonly #state: RoomState;
  readonly #leadership: Leadership;
  readonly #announce: OwnAnnounce;
  readonly #sealer: Sealer;
  /** The epoch that still has the member to be removed; the secret changes in a later one. */
  #after: Epoch | null = null;

  constructor(state: RoomState, leadership: Leadership, announce: OwnAnnounce, sealer: Sealer) {
    this.#state = state;
    this.#leadership = leadership;
    this.#announce = announce;
    this.#sealer = sealer;
  }

  /** Somebody is being removed: the secret is replaced as soon as the epoch without them holds. */
  plan(): void {
    if (this.#state.options.access.admission === "link") this.#after = this.#state.epochs.current;
  }

  async tick(now: number): Promise<void> {
    const { epochs, options } = this.#state;
    const { current } = epochs;
    if (this.#after === null || current === null || current === this.#after) return;
    const alone = current.commit.roster.length === 1;
    if (!alone && !isSecured(this.#state)) return;
    this.#after = null;
    const secret = options.random(ROOM_SECRET_BYTES);
    if (!alone) await this.#sealer.control({ op: "rotate", secret }, now);
    this.#change(secret, current, now);
    if (!alone) this.#leadership.rekey("policy", now);
  }

  /** The leader has said that another secret holds. */
  obey(secret: Uint8Array, now: number): void {
    this.#change(secret, this.#state.epochs.current!, now);
  }

  #change(secret: Uint8Array, epoch: Epoch, now: number): void {
    const { options, presence, effects } = this.#state;
    options.access.rotate(secret);
    // What was offered before holds for the old secret only.
    for (const peer of presence.all) {
      peer.announce = null;
      peer.askedAt = now;
    }
    this.#announce.offer(now);
    effects.emit("rotated", { by: entryPeer(epoch.leader) });
  }
}
