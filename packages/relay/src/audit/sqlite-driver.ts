import { QsecError } from "@qsec2/sdk/wire";

/** What can be bound to a `?`; blobs as bytes. */
export type SqliteValue = string | number | Uint8Array | null;

export interface SqliteStatement {
  run(...values: SqliteValue[]): void;
  /** All rows; blobs come as `Uint8Array`. */
  all(...values: SqliteValue[]): readonly unknown[];
}

/** The little of SQLite that the relay needs; the two libraries differ in nothing else that matters here. */
export interface SqliteDriver {
  readonly name: "better-sqlite3" | "node:sqlite";
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** Opens a file with one library; undefined where this machine does not have the library. */
export type OpenSqlite = (file: string) => Promise<SqliteDriver | undefined>;

/** The npm package with its native part. Both may be missing: it is an optional dependency. */
export const openBetterSqlite: OpenSqlite = async (file) => {
  const library = await import("better-sqlite3").catch(ifMissing);
  if (!library) return undefined;
  try {
    const database = new library.default(file);
    return {
      name: "better-sqlite3",
      exec: (sql) => void database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare<SqliteValue[]>(sql);
        return { run: (...values) => void statement.run(...values), all: (...values) => statement.all(...values) };
      },
      close: () => void database.close(),
    };
  } catch (error) {
    return ifMissing(error);
  }
};

/** The part of `node:sqlite` that is used; the types of the oldest Node we run on do not know the module. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: SqliteValue[]): unknown; all(...values: SqliteValue[]): unknown[] };
    close(): void;
  };
}

/** Node's own, in 22.13 and newer. */
export const openNodeSqlite: OpenSqlite = async (file) => {
  const specifier = "node:sqlite"; // a name, not a literal: tools that resolve imports would stumble on an older Node
  const library = await (import(specifier) as Promise<NodeSqlite>).catch(ifMissing);
  if (!library) return undefined;
  const database = new library.DatabaseSync(file);
  return {
    name: "node:sqlite",
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return { run: (...values) => void statement.run(...values), all: (...values) => statement.all(...values) };
    },
    close: () => database.close(),
  };
};

/** @throws QsecError `bad_option` when neither library is there, or the file cannot be opened */
export async function openSqlite(
  file: string,
  libraries: readonly OpenSqlite[] = [openBetterSqlite, openNodeSqlite],
): Promise<SqliteDriver> {
  for (const open of libraries) {
    const driver = await open(file);
    if (driver) return driver;
  }
  throw new QsecError(
    "bad_option",
    "There is no SQLite for the audit log: use Node 22.13 or newer, or let npm build the package better-sqlite3 " +
      "(npm rebuild better-sqlite3), or keep the log in memory with --db none (option db: false).",
  );
}

const MISSING_CODES = new Set([
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
  "ERR_UNKNOWN_BUILTIN_MODULE",
  "ERR_DLOPEN_FAILED",
]);

function ifMissing(error: unknown): undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  // better-sqlite3 can be there without its native part; that shows at the first use, and only in the message.
  if (MISSING_CODES.has(code ?? "") || message.startsWith("Could not locate the bindings file")) return undefined;
  throw error;
}
