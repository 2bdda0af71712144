import { roomContext, type RoomContext } from "../handshake/room-secret.js";
import { wipe } from "../crypto/wipe.js";
import type { Admission } from "../wire/kinds.js";

/** What lets people into the room: its mode, its name and in `link` mode its secret, which a removal replaces. */
export class Access {
  readonly admission: Admission;
  readonly #name: string;
  #secret: Uint8Array | null;
  #context: RoomContext;

  /** @param secret 32 bytes in `link` mode, else null; owned from now on. @throws QsecError `bad_secret` */
  constructor(admission: Admission, name: string, secret: Uint8Array | null) {
    this.admission = admission;
    this.#name = name;
    this.#secret = secret;
    this.#context = roomContext(admission, name, secret?.slice() ?? null);
  }

  /** The room as handshakes see it. */
  get context(): RoomContext {
    return this.#context;
  }

  /** The room secret as it stands in an invite; the bytes stay this object's. */
  get secret(): Uint8Array | null {
    return this.#secret;
  }

  /** From now on another secret holds: another rid, another psk. @param secret 32 bytes, owned from now on */
  rotate(secret: Uint8Array): void {
    const next = roomContext(this.admission, this.#name, secret.slice());
    this.wipe();
    this.#secret = secret;
    this.#context = next;
  }

  wipe(): void {
    wipe(this.#context.psk);
    if (this.#secret !== null) wipe(this.#secret);
  }
}
