import { Command } from "commander";
import { openForReading } from "../audit/reading.js";
import type { SqliteDriver } from "../audit/sqlite-driver.js";
import { printable } from "../audit/tags.js";
import { age } from "./ages.js";
import { databaseOption } from "./database-option.js";
import { note, print, table } from "./output.js";

/** The tables know since then when a room has ended. */
const VERSION_NEEDED = 2;

const HELP = `
What is shown is what the audit log knows: it is written a tenth of a second after the fact, and a relay that
was killed leaves its rooms looking open until it starts again. With --json, one object for each room:
  {"room":"standup","members":["alice","bob"],"expected":4,"created_at":"2026-01-31T08:00:00.000Z",
   "age_seconds":720,"last_line_at":"2026-01-31T08:11:57.000Z","closed_at":null}
Times are UTC. The file is only read; a relay may run on it.

Exit code: 0, also when there is no room; 1 when the database cannot be read.

Examples:
  qsec2-relay rooms
  qsec2-relay rooms --all --json | jq -r .room`;

interface RoomRow {
  readonly room: string;
  readonly expected: number;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly last_line_at: string | null;
}

interface RoomsOptions {
  readonly db: string;
  readonly all?: true;
  readonly json?: true;
}

/** `qsec2-relay rooms`: rooms, members, ages. */
export function roomsCommand(): Command {
  return new Command("rooms")
    .description("the rooms that are open, who is in them, and since when")
    .addOption(databaseOption())
    .option("--all", "also rooms that have ended")
    .option("--json", "one JSON object a line, for programs")
    .allowExcessArguments(false)
    .addHelpText("after", HELP)
    .action(rooms);
}

async function rooms({ db, all, json }: RoomsOptions): Promise<void> {
  const driver = await openForReading(db, VERSION_NEEDED);
  try {
    const now = Date.now();
    const found = readRooms(driver, all === true);
    if (json) for (const room of found) await print(JSON.stringify(forPrograms(room, now)));
    else if (found.length > 0)
      for (const line of table([HEAD, ...found.map((room) => forPeople(room, now))])) await print(line);
    else
      note(
        all ? `There has been no room yet in ${db}.` : `No room is open in ${db}; --all shows those that have ended.`,
      );
  } finally {
    driver.close();
  }
}

type Room = RoomRow & { readonly members: readonly string[] };

function readRooms(driver: SqliteDriver, all: boolean): readonly Room[] {
  const found = driver
    .prepare(
      `SELECT room_id AS room, expected, created_at, closed_at,
        (SELECT created_at FROM room_logs WHERE room_id = rooms.room_id ORDER BY id DESC LIMIT 1) AS last_line_at
      FROM rooms ${all ? "" : "WHERE closed_at IS NULL"} ORDER BY created_at, room_id`,
    )
    .all() as RoomRow[];
  const members = driver.prepare("SELECT username FROM room_users WHERE room_id = ? ORDER BY rowid");
  return found.map((room) => ({
    ...room,
    members: (members.all(room.room) as { username: string }[]).map(({ username }) => username),
  }));
}

function forPrograms({ room, members, expected, created_at, last_line_at, closed_at }: Room, now: number): object {
  const age_seconds = Math.max(
    0,
    Math.round(((closed_at === null ? now : Date.parse(closed_at)) - Date.parse(created_at)) / 1000),
  );
  return { room, members, expected, created_at, age_seconds, last_line_at, closed_at };
}

const HEAD = ["ROOM", "MEMBERS", "OPENED", "LAST LINE", "STATE", "WHO"];

function forPeople(
  { room, members, expected, created_at, last_line_at, closed_at }: Room,
  now: number,
): readonly string[] {
  const ago = (at: string | null): string => (at === null ? "never" : `${age(now - Date.parse(at))} ago`);
  return [
    printable(room),
    `${members.length} of ${expected}`,
    ...[ago(created_at), ago(last_line_at)],
    closed_at === null ? "open" : `ended ${ago(closed_at)}`,
    members.map(printable).join(", "),
  ];
}
