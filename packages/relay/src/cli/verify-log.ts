import { InvalidArgumentError } from "commander";
import { verifyChain, type LogRow } from "../audit/chain.js";
import { logRowsAfter } from "../audit/log-reader.js";
import type { SqliteDriver } from "../audit/sqlite-driver.js";
import { printable } from "../audit/tags.js";
import { hexOf } from "./log-lines.js";
import { print } from "./output.js";

export const EXIT_BROKEN = 2;

/** A row as it was once seen. */
export interface Anchor {
  readonly id: number;
  /** Hexadecimal, lower case; at least the first 16 digits. */
  readonly hash: string;
}

/** `812:9f86d081884c7d65…`, as `--verify` prints it. */
export function anchor(text: string): Anchor {
  const [, id, hash] = /^(\d+):([0-9a-fA-F]{16,64})$/.exec(text) ?? [];
  if (id !== undefined && Number.isSafeInteger(Number(id))) return { id: Number(id), hash: hash.toLowerCase() };
  throw new InvalidArgumentError(
    "It must be the id and the hash of a row, as --verify prints them: 812:9f86d081884c7d65…",
  );
}

interface VerifyOptions {
  readonly json?: true;
  readonly head?: Anchor;
}

/** Prints what the chain is worth; the exit code says it too. */
export async function verify(driver: SqliteDriver, { json, head }: VerifyOptions): Promise<void> {
  let anchored = head === undefined;
  const watch = function* (rows: Iterable<LogRow>): Generator<LogRow> {
    for (const row of rows) {
      if (row.id === head?.id) anchored = hexOf(row.hash).startsWith(head.hash);
      yield row;
    }
  };
  const { rows, last, broken } = verifyChain(watch(logRowsAfter(driver, Number.MIN_SAFE_INTEGER)));
  if (broken || !anchored) process.exitCode = EXIT_BROKEN;
  const lastSeen = last && { id: last.id, hash: hexOf(last.hash) };
  if (json) {
    const place = broken && { id: broken.id, room: broken.room_id, at: broken.created_at };
    return print(
      JSON.stringify({ ok: !broken && anchored, rows, last: lastSeen ?? null, broken_at: place ?? null, anchored }),
    );
  }
  if (broken) {
    const after = last ? `after row ${last.id}` : "at the beginning";
    const place = printable(`row ${broken.id} (room '${String(broken.room_id)}', ${String(broken.created_at)})`);
    await print(
      `The chain is broken ${after}: ${place} does not follow. It, or what was before it, was changed or removed.`,
    );
  } else if (!anchored) {
    await print(
      `The rows that are there follow from each other, but row ${head!.id} is gone or is another one: the log was cut or written anew.`,
    );
  } else await print(`The chain holds: ${rows} ${rows === 1 ? "row" : "rows"}, none changed, none removed.`);
  if (lastSeen) await print(`The last ${broken ? "good " : ""}row is ${lastSeen.id}:${lastSeen.hash}`);
}
