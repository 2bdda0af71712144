import { openOnDevice, sealForDevice, type DeviceSealed } from "../crypto/device-seal.js";
import { wipe } from "../crypto/wipe.js";
import { askStore } from "../storage/indexed-db.js";
import type { IndexedDb } from "../storage/indexed-db-type.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { keyOf, type IdentityPlace, type IdentityStore, type RememberedIdentity } from "./identity-store.js";
import { decodeRemembered, encodeRemembered, unreadable } from "./remembered-bytes.js";

const STORE = "identities";

/** What is used of the platform's `LockManager`, which programs without the DOM's types have no name for. */
export interface Locks {
  /** Calls `held` once the lock is there, and keeps it until the promise of `held` settles. Rejects when `signal` fires first. */
  request(name: string, options: { readonly signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>;
}

/** Where in this browser identities lie. */
export interface IndexedDbIdentitiesOptions {
  /** Name of the database. Another one is another memory. @default "qsec2-identities" */
  readonly name?: string;
  /** @default the page's own */
  readonly indexedDB?: IndexedDb;
  /** Web Locks. @default the page's own */
  readonly locks?: Locks;
}

/**
 * Identities of this origin in this browser. Each is sealed under a key that WebCrypto does not hand out and that lies
 * beside it; Web Locks keep two tabs from using one.
 * @throws QsecError `bad_option` where there is no IndexedDB or there are no Web Locks
 */
export function indexedDbIdentities(options: IndexedDbIdentitiesOptions = {}): IdentityStore {
  const factory = options.indexedDB ?? globalThis.indexedDB;
  const locks = options.locks ?? globalThis.navigator?.locks;
  if (factory === undefined || locks === undefined) {
    throw new QsecError(
      "bad_option",
      "There is no IndexedDB or there are no Web Locks here to remember an identity with: pass `identityStore`, or leave out `remember`.",
    );
  }
  return new IndexedDbIdentities(options.name ?? "qsec2-identities", factory, locks);
}

class IndexedDbIdentities implements IdentityStore {
  readonly #name: string;
  readonly #factory: IndexedDb;
  readonly #locks: Locks;

  constructor(name: string, factory: IndexedDb, locks: Locks) {
    this.#name = name;
    this.#factory = factory;
    this.#locks = locks;
  }

  lock(place: IdentityPlace, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const held = () => new Promise<void>((release) => resolve(release));
      this.#locks.request(`${this.#name}/${keyOf(place)}`, { signal }, held).catch(reject);
    });
  }

  async has(place: IdentityPlace): Promise<boolean> {
    return (await this.#ask<number>("readonly", (records) => records.count(keyOf(place)))) > 0;
  }

  async load(place: IdentityPlace): Promise<RememberedIdentity | null> {
    const get = (records: IDBObjectStore) => records.get(keyOf(place)) as IDBRequest<DeviceSealed | undefined>;
    const sealed = await this.#ask("readonly", get);
    if (sealed === undefined) return null;
    const bytes = await openOnDevice(utf8(keyOf(place)), sealed).catch((cause: unknown) => {
      throw unreadable(cause);
    });
    try {
      return decodeRemembered(bytes);
    } finally {
      wipe(bytes);
    }
  }

  async save(place: IdentityPlace, remembered: RememberedIdentity): Promise<void> {
    const bytes = encodeRemembered(remembered);
    try {
      const sealed = await sealForDevice(utf8(keyOf(place)), bytes);
      await this.#ask("readwrite", (records) => records.put(sealed, keyOf(place)));
    } finally {
      wipe(bytes);
    }
  }

  async remove(place: IdentityPlace): Promise<void> {
    await this.#ask("readwrite", (records) => records.delete(keyOf(place)));
  }

  #ask<T>(mode: IDBTransactionMode, ask: (records: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return askStore({ name: this.#name, factory: this.#factory, store: STORE }, mode, ask);
  }
}
