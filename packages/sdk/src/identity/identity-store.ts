import type { Pin } from "../room/pins.js";
import type { Admission } from "../wire/kinds.js";

/** Every admission mode, strongest first. */
export const ADMISSIONS: readonly Admission[] = ["link", "verify", "open"];

/** What an identity belongs to. The same room under another admission mode is another place, with another identity. */
export interface IdentityPlace {
  /** Room ID. */
  readonly room: string;
  /** How peers are admitted there. */
  readonly admission: Admission;
}

/** The place as a text: what a store finds it by, and what a sealed box is bound to. */
export function keyOf({ room, admission }: IdentityPlace): string {
  return `${admission}/${room}`;
}

/** What a device remembers of a place: who it is there, and whom it met. */
export interface RememberedIdentity {
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array;
  /** Which key each name had, for the names met there. */
  readonly pins: readonly Pin[];
}

/**
 * Where identities are kept. A store keeps the seed as safe as its platform can: {@link indexedDbIdentities} seals it
 * under a key that no script can read. Every failure is a rejection.
 */
export interface IdentityStore {
  /**
   * Takes a place for one session of this device alone. Waits while another one has it.
   * @param signal fires when waiting is over: reject then
   * @returns what lets the place go again; may be called more than once
   */
  lock(place: IdentityPlace, signal: AbortSignal): Promise<() => void>;
  /** Whether something is remembered of the place. */
  has(place: IdentityPlace): Promise<boolean>;
  /** Null where nothing is remembered. The seed is a copy that the caller owns. */
  load(place: IdentityPlace): Promise<RememberedIdentity | null>;
  /** In place of what is there. The store makes its own copy before it returns the promise. */
  save(place: IdentityPlace, remembered: RememberedIdentity): Promise<void>;
  /** Forgets the place; nothing happens where nothing is remembered. */
  remove(place: IdentityPlace): Promise<void>;
}
