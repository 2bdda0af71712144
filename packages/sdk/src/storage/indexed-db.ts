/** IndexedDB behind promises, for what a device remembers. Nothing here knows what it is that is kept. */
import { QsecError } from "../wire/errors.js";

export interface DatabaseOptions {
  readonly name: string;
  /** The stores to have, each of records under a key that is given with the record. */
  readonly stores: readonly string[];
  readonly factory: IDBFactory;
}

/**
 * Opens a database and makes it where there is none. Close it when it is no longer needed: an open one keeps others from
 * deleting it, and closes by itself when somebody tries.
 * @throws QsecError `store_failed`
 */
export function openDatabase({ name, stores, factory }: DatabaseOptions): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(storeFailed(cause));
    let request: IDBOpenDBRequest;
    try {
      request = factory.open(name, 1);
    } catch (cause) {
      failed(cause); // where storage is switched off, some browsers throw here
      return;
    }
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      resolve(database);
    };
    request.onerror = () => failed(request.error);
  });
}

/**
 * One request in a transaction of its own.
 * @returns its result, once the transaction is complete: what was written then stays
 * @throws QsecError `store_failed`
 */
export function transact<T>(
  database: IDBDatabase,
  store: string,
  mode: IDBTransactionMode,
  ask: (records: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(storeFailed(cause));
    try {
      const transaction = database.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => failed(transaction.error);
    } catch (cause) {
      failed(cause); // the database was closed, or the record cannot be stored
    }
  });
}

/**
 * One request to a store of a database that is opened for it alone.
 * @throws QsecError `store_failed`
 */
export async function askStore<T>(
  { name, factory, store }: { readonly name: string; readonly factory: IDBFactory; readonly store: string },
  mode: IDBTransactionMode,
  ask: (records: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase({ name, stores: [store], factory });
  try {
    return await transact(database, store, mode, ask);
  } finally {
    database.close();
  }
}

function storeFailed(cause: unknown): QsecError {
  return new QsecError(
    "store_failed",
    "This device could not read or write what it remembers: its storage may be full, switched off, or just cleared.",
    { cause },
  );
}
