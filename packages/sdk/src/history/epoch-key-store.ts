/** Which room on this device. */
export interface KeptPlace {
  /** The room's name. */
  readonly room: string;
  /** Base64url of the room's public id, which the room secret decides: rooms of one name can be many. */
  readonly rid: string;
}

/** What opens the messages of one epoch. The room key is a secret. */
export interface EpochKey {
  /** The signed statement of who was in the room, as it was encoded. */
  readonly commit: Uint8Array;
  /** 64 bytes: its leader's. */
  readonly signature: Uint8Array;
  /** 32 bytes. */
  readonly roomKey: Uint8Array;
}

export interface KeptEpochKey extends EpochKey {
  /** When it was kept, milliseconds since 1970. */
  readonly keptAt: number;
}

/**
 * Where a device keeps the room keys of rooms whose messages are kept. A store keeps them as safe as its platform can:
 * {@link indexedDbEpochKeys} seals each under a key that no script can read. What it is given it copies before it returns
 * the promise; what it returns is the caller's. Every failure is a rejection.
 */
export interface EpochKeyStore {
  /** What is kept of a room, in any order. */
  load(place: KeptPlace): Promise<readonly KeptEpochKey[]>;
  /** @param hash base64url of the epoch's hash: one that is there already stays as it is */
  keep(place: KeptPlace, hash: string, epoch: KeptEpochKey): Promise<void>;
  /** The room has a new secret: what is kept of it belongs to its new public id from now on. */
  move(place: KeptPlace, rid: string): Promise<void>;
  /** Deletes what is kept of every room of this name. */
  forget(room: string): Promise<void>;
}
