/** `IDBFactory` where the DOM's types are known; in a program without them nothing can be given. */
export type IndexedDb = typeof globalThis extends { indexedDB: infer Factory } ? Factory : never;
