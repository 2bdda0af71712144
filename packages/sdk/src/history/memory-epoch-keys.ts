import type { DeviceSealed } from "../crypto/device-seal.js";
import type { EpochKeyStore, KeptEpochKey, KeptPlace } from "./epoch-key-store.js";
import { openEpoch, sealEpoch } from "./sealed-epoch.js";

interface Kept {
  readonly sealed: Promise<DeviceSealed>;
  readonly keptAt: number;
}

/** Room keys in memory, for sessions of one process: sealed under keys that no script can read, gone with the process. */
export function memoryEpochKeys(): EpochKeyStore {
  return new MemoryEpochKeys();
}

class MemoryEpochKeys implements EpochKeyStore {
  /** Name of a room → its public id → hash of an epoch → its key. */
  readonly #rooms = new Map<string, Map<string, Map<string, Kept>>>();

  async load(place: KeptPlace): Promise<readonly KeptEpochKey[]> {
    const kept = [...(this.#rooms.get(place.room)?.get(place.rid) ?? [])];
    return Promise.all(
      kept.map(async ([hash, { sealed, keptAt }]) => ({ ...(await openEpoch(hash, await sealed)), keptAt })),
    );
  }

  async keep(place: KeptPlace, hash: string, epoch: KeptEpochKey): Promise<void> {
    const epochs = this.#epochs(place);
    if (epochs.has(hash)) return;
    const sealed = sealEpoch(hash, epoch);
    epochs.set(hash, { sealed, keptAt: epoch.keptAt });
    await sealed;
  }

  move({ room, rid }: KeptPlace, to: string): Promise<void> {
    const from = this.#epochs({ room, rid });
    this.#rooms.get(room)?.delete(rid);
    const there = this.#epochs({ room, rid: to });
    for (const [hash, kept] of from) there.set(hash, kept);
    return Promise.resolve();
  }

  forget(room: string): Promise<void> {
    this.#rooms.delete(room);
    return Promise.resolve();
  }

  #epochs({ room, rid }: KeptPlace): Map<string, Kept> {
    const rids = this.#rooms.get(room) ?? new Map<string, Map<string, Kept>>();
    this.#rooms.set(room, rids);
    const epochs = rids.get(rid) ?? new Map<string, Kept>();
    rids.set(rid, epochs);
    return epochs;
  }
}
