import type { MemberId } from "../wire/events.js";
import { foldName } from "../wire/names.js";

/** Which key a name had when this device saw it first. A pin says nothing good of a key; it notices another one. */
export interface Pin {
  /** As names are compared: folded (protocol §3). */
  readonly name: string;
  /** The key that the name had: the base64url text of its Ed25519 public key. */
  readonly id: MemberId;
  /** Milliseconds since 1970 on this device. */
  readonly since: number;
  /** Whether a person compared emoji with this key, on this device. */
  readonly verified: boolean;
}

/** More names than a room can have members for years; a crowd of made-up names cannot push out the pins that are there. */
export const PINS_MAX = 1024;

/** The pins of a room, one a name. */
export class Pins {
  readonly #pins: Map<string, Pin>;
  #changed = false;

  constructor(pins: readonly Pin[]) {
    this.#pins = new Map(pins.map((pin) => [pin.name, pin]));
  }

  get(name: string): Pin | undefined {
    return this.#pins.get(foldName(name));
  }

  /** In place of an older pin of this name, if there is one. */
  set(name: string, pin: Omit<Pin, "name">): void {
    const fold = foldName(name);
    if (!this.#pins.has(fold) && this.#pins.size >= PINS_MAX) return;
    this.#pins.set(fold, { name: fold, ...pin });
    this.#changed = true;
  }

  delete(name: string): void {
    if (this.#pins.delete(foldName(name))) this.#changed = true;
  }

  /** All pins, if one has changed since the last call; else null. */
  take(): readonly Pin[] | null {
    if (!this.#changed) return null;
    this.#changed = false;
    return [...this.#pins.values()];
  }
}
