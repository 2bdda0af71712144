import { askStore } from "../storage/indexed-db.js";
import type { IndexedDb } from "../storage/indexed-db-type.js";
import { QsecError } from "../wire/errors.js";
import type { DeviceSealed } from "../crypto/device-seal.js";
import type { EpochKeyStore, KeptEpochKey, KeptPlace } from "./epoch-key-store.js";
import { openEpoch, sealEpoch } from "./sealed-epoch.js";

const STORE = "epochs";
const DAY = 24 * 60 * 60 * 1000;
const RETENTION_DAYS = 30;

/** Where in this browser the keys of kept messages lie, and for how long. */
export interface IndexedDbEpochKeysOptions {
  /** Name of the database. Another one is another memory. @default "qsec2-epochs" */
  readonly name?: string;
  /** How long a room key is kept, in days; then it goes when next any room is read. @default 30 */
  readonly retentionDays?: number;
  /** @default the page's own */
  readonly indexedDB?: IndexedDb;
}

/** A record of the database, under the key [room, rid, hash]. */
interface KeptRecord extends DeviceSealed, KeptPlace {
  readonly hash: string;
  readonly keptAt: number;
}

/**
 * Room keys of this origin in this browser. Each is sealed under a key that WebCrypto does not hand out and that lies
 * beside it: what the disk holds opens nothing without the browser, and what is deleted is gone.
 * @throws QsecError `bad_option` where there is no IndexedDB, or for a time that is none
 */
export function indexedDbEpochKeys(options: IndexedDbEpochKeysOptions = {}): EpochKeyStore {
  const { name = "qsec2-epochs", retentionDays = RETENTION_DAYS } = options;
  const factory = options.indexedDB ?? globalThis.indexedDB;
  if (factory === undefined)
    throw new QsecError("bad_option", "There is no IndexedDB here to keep room keys in: pass `epochKeys`.");
  if (!(retentionDays > 0)) throw new QsecError("bad_option", "'retentionDays' must be a number of days above 0.");
  return new IndexedDbEpochKeys(name, factory, retentionDays * DAY);
}

class IndexedDbEpochKeys implements EpochKeyStore {
  readonly #name: string;
  readonly #factory: IndexedDb;
  readonly #retention: number;

  constructor(name: string, factory: IndexedDb, retention: number) {
    this.#name = name;
    this.#factory = factory;
    this.#retention = retention;
  }

  async load({ room, rid }: KeptPlace): Promise<readonly KeptEpochKey[]> {
    const oldest = Date.now() - this.#retention;
    // All rooms: one that nobody enters any more must not keep its keys for ever.
    const records = await this.#ask("readonly", (store) => store.getAll() as IDBRequest<KeptRecord[]>);
    for (const old of records.filter(({ keptAt }) => keptAt < oldest))
      await this.#ask("readwrite", (store) => store.delete([old.room, old.rid, old.hash]));
    const kept = records.filter((record) => record.room === room && record.rid === rid && record.keptAt >= oldest);
    return Promise.all(
      kept.map(async (record) => ({ ...(await openEpoch(record.hash, record)), keptAt: record.keptAt })),
    );
  }

  async keep({ room, rid }: KeptPlace, hash: string, epoch: KeptEpochKey): Promise<void> {
    const record: KeptRecord = { ...(await sealEpoch(hash, epoch)), room, rid, hash, keptAt: epoch.keptAt };
    await this.#ask("readwrite", (store) => store.put(record, [room, rid, hash]));
  }

  async move({ room, rid }: KeptPlace, to: string): Promise<void> {
    const range = below(room, rid);
    const records = await this.#ask("readonly", (store) => store.getAll(range) as IDBRequest<KeptRecord[]>);
    for (const record of records)
      await this.#ask("readwrite", (store) => store.put({ ...record, rid: to }, [room, to, record.hash]));
    await this.#ask("readwrite", (store) => store.delete(range));
  }

  async forget(room: string): Promise<void> {
    await this.#ask("readwrite", (store) => store.delete(below(room)));
  }

  #ask<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return askStore({ name: this.#name, factory: this.#factory, store: STORE }, mode, ask);
  }
}

/** Every key that begins with these texts: an array stands behind any text in the order of IndexedDB. */
function below(...parts: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound([...parts], [...parts, []]);
}
