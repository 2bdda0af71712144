import { Command, InvalidArgumentError, Option } from "commander";
import { checkRoomName, QsecError } from "@qsec2/sdk/wire";
import { logRowsAfter, type LogFilter } from "../audit/log-reader.js";
import { openForReading } from "../audit/reading.js";
import type { SqliteDriver } from "../audit/sqlite-driver.js";
import { TAG_FIELDS, type AuditTag } from "../audit/tags.js";
import { moment } from "./ages.js";
import { databaseOption } from "./database-option.js";
import { lineForPeople, lineForPrograms } from "./log-lines.js";
import { note, print } from "./output.js";
import { anchor, verify, type Anchor } from "./verify-log.js";

/** The tables that are read are as they were in version 1. */
const VERSION_NEEDED = 1;
/** How often it is looked for new lines, milliseconds. */
const FOLLOW_INTERVAL = 250;

const HELP = `
Lines are as in [USER_JOIN] room=standup user=bob, with the time (UTC) before them; without --room the room too.
Lines about the relay itself, such as [AUDIT_DROPPED] rows=15 (so many lines were lost because the disk took
none), concern every room and are always there. With --json, one object for each line:
  {"id":7,"room":"standup","at":"2026-01-31T08:00:00.000Z","tag":"USER_JOIN",
   "fields":{"room":"standup","user":"bob"},"message":"[USER_JOIN] room=standup user=bob","hash":"9f…"}
The file is only read; a relay may run on it.

--verify recomputes the chain of hashes over all rows of the file, whatever their room, and shows no lines. It
finds rows that were changed, put in or removed. It cannot find that the newest rows were cut off, nor that
everything from some row on was written anew: note the id and hash that it prints, somewhere else, and give
them next time with --head.

Exit code: 0 when all is well, 1 for wrong options or a database that cannot be read, 2 when the chain is broken
or the row of --head is not there any more.

Examples:
  qsec2-relay logs --room standup --follow
  qsec2-relay logs --room standup --since 2h --tag USER_JOIN,USER_LEAVE
  qsec2-relay logs --since 2026-01-31T08:00 --json | jq -r .fields.user
  qsec2-relay logs --verify --head 812:9f86d081884c7d65...`;

interface LogsOptions {
  readonly room?: string;
  readonly follow?: true;
  readonly since?: string | number;
  readonly json?: true;
  readonly tag?: readonly AuditTag[];
  readonly verify?: true;
  readonly head?: Anchor;
  readonly db: string;
}

/** `qsec2-relay logs`: the audit log straight from the file, and its hash chain. */
export function logsCommand(): Command {
  return new Command("logs")
    .description("show or follow the audit log of a room, or check that nobody has changed it")
    .addOption(new Option("--room <name>", "only this room (default: all rooms)").argParser(roomName))
    .option("-f, --follow", "go on with new lines as they come, until Ctrl-C")
    .addOption(
      new Option(
        "--since <when>",
        "lines of this time and later: 90s, 15min, 2h or 7d ago, or 2026-01-31T08:00 (UTC); or after this id, a whole number",
      ).argParser(since),
    )
    .addOption(new Option("--tag <tags>", "only lines with these tags, such as USER_JOIN,USER_LEAVE").argParser(tags))
    .option("--json", "one JSON object a line, for programs")
    .addOption(
      new Option("--verify", "check the hash chain of the whole file instead of showing lines").conflicts([
        ...["follow", "since", "tag"],
      ]),
    )
    .addOption(
      new Option("--head <id:hash>", "with --verify: a row noted earlier that must still be there").argParser(anchor),
    )
    .addOption(databaseOption())
    .allowExcessArguments(false)
    .addHelpText("after", HELP)
    .action(logs);
}

async function logs(options: LogsOptions): Promise<void> {
  if (options.head && !options.verify) throw new QsecError("bad_option", "The option --head needs --verify.");
  const driver = await openForReading(options.db, VERSION_NEEDED);
  try {
    if (options.verify) return await verify(driver, options);
    await show(driver, options);
  } finally {
    driver.close();
  }
}

async function show(driver: SqliteDriver, { room, since, json, tag, follow, db }: LogsOptions): Promise<void> {
  const filter: LogFilter = {
    ...(room !== undefined && { room }),
    ...(tag && { tags: tag }),
    ...(typeof since === "string" && { from: since }),
  };
  const stopped = follow ? untilSignal() : undefined;
  let [last, count] = [typeof since === "number" ? since : 0, 0];
  for (;;) {
    for (const row of logRowsAfter(driver, last, filter)) {
      await print(json ? lineForPrograms(row) : lineForPeople(row, room === undefined));
      [last, count] = [row.id, count + 1];
      if (stopped?.signal.aborted) return;
    }
    if (!stopped) break;
    await stopped.pause(FOLLOW_INTERVAL);
    if (stopped.signal.aborted) return;
  }
  if (count === 0) note(`There is no such line${room === undefined ? "" : ` of the room '${room}'`} in ${db}.`);
}

/** Ctrl-C ends in order what would go on for ever. */
function untilSignal(): { readonly signal: AbortSignal; readonly pause: (milliseconds: number) => Promise<void> } {
  const controller = new AbortController();
  const { signal } = controller;
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
      signal.addEventListener("abort", done);
    });
  return { signal, pause };
}

function roomName(text: string): string {
  try {
    return checkRoomName(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** A time as ISO 8601, or an id. */
function since(text: string): string | number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  const at = moment(text, Date.now());
  if (at !== undefined) return at;
  throw new InvalidArgumentError(
    "It must be such as 90s, 15min, 2h, 7d, 2026-01-31, 2026-01-31T08:00, or the id of a line.",
  );
}

function tags(text: string, before: readonly AuditTag[] = []): readonly AuditTag[] {
  const names = text.split(",").map((part) =>
    part
      .trim()
      .replace(/^\[(.*)\]$/, "$1")
      .toUpperCase(),
  );
  const unknown = names.find((name) => !Object.hasOwn(TAG_FIELDS, name));
  if (unknown === undefined) return [...before, ...(names as AuditTag[])];
  throw new InvalidArgumentError(`There is no tag '${unknown}'; there are ${Object.keys(TAG_FIELDS).join(", ")}.`);
}
