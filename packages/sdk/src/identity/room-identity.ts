import { identityOf } from "../crypto/signature.js";
import { wipe } from "../crypto/wipe.js";
import type { Pin } from "../room/pins.js";
import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { IdentityPlace, IdentityStore, RememberedIdentity } from "./identity-store.js";

/**
 * Who this device is in a room, remembered from one session to the next, and held alone until it is closed. It serves
 * one session, which closes it. See {@link openIdentity}.
 */
export class RoomIdentity {
  /** The room and the admission mode that it belongs to. */
  readonly place: IdentityPlace;
  /** The base64url text of its Ed25519 public key. */
  readonly id: MemberId;
  readonly #store: IdentityStore;
  readonly #release: () => void;
  readonly #seed: Uint8Array;
  readonly #pins: readonly Pin[];
  #writing: Promise<void> = Promise.resolve();
  #state: "free" | "used" | "closed" = "free";

  /** @ignore @param remembered owned from now on */
  constructor(place: IdentityPlace, store: IdentityStore, release: () => void, remembered: RememberedIdentity) {
    this.place = place;
    this.#store = store;
    this.#release = release;
    this.#seed = remembered.seed;
    this.#pins = remembered.pins;
    this.id = toBase64url(identityOf(this.#seed));
  }

  /**
   * @ignore Hands it to its one session: a copy of the seed, which that session zeroes, and the pins.
   * @throws QsecError `identity_in_use`
   */
  claim(): RememberedIdentity {
    if (this.#state !== "free")
      throw new QsecError("identity_in_use", "This identity belongs to another session, or was closed: open it again.");
    this.#state = "used";
    return { seed: this.#seed.slice(), pins: this.#pins };
  }

  /** @ignore Remembers these pins in place of those before. */
  async keep(pins: readonly Pin[]): Promise<void> {
    if (this.#state === "closed") return;
    const seed = this.#seed.slice(); // what is being written when this is closed is still to be written whole
    try {
      await this.#write(() => this.#store.save(this.place, { seed, pins }));
    } finally {
      wipe(seed);
    }
  }

  /** Deletes it, with everything that was remembered with it, and closes it. @throws QsecError `store_failed` */
  async forget(): Promise<void> {
    const removed = this.#write(() => this.#store.remove(this.place));
    this.close();
    await removed;
  }

  /** Zeroes the key here and lets others have the place. May be called more than once. */
  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    wipe(this.#seed);
    void this.#writing.then(this.#release); // nobody else may read before the last write is done
  }

  /** One write after the other. */
  #write(write: () => Promise<void>): Promise<void> {
    const result = this.#writing.then(write);
    this.#writing = result.catch(() => undefined); // told to the caller
    return result;
  }
}
