import { Command, Option } from "commander";
import { ROOM_MEMBERS_MAX, ROOM_MEMBERS_MIN } from "@qsec2/sdk/wire";
import {
  FILE_QUOTA_DEFAULT,
  FILE_TOTAL_DEFAULT,
  FILE_TTL_DEFAULT,
  GRACE_SECONDS_DEFAULT,
  HISTORY_DEFAULT,
  HISTORY_QUOTA_DEFAULT,
  HISTORY_TOTAL_DEFAULT,
  MAX_FILE_DEFAULT,
  RING_DEFAULT,
  RING_SIZE_DEFAULT,
  ROOMS_DEFAULT,
} from "../limits.js";
import { LOG_LEVELS } from "../options.js";
import { DEFAULT_HOST, DEFAULT_PORT, startRelay, type RunningRelay, type StartOptions } from "../server.js";
import { limitOptions } from "./limit-options.js";
import { database, origins, seconds, wholeNumber } from "./values.js";

/** The options as the help shows them. */
const GROUPS: readonly (readonly [heading: string, names: readonly string[]])[] = [
  ["How it is reached", ["port", "host", "hosts", "cors", "trust-proxy", "allow-polling", "no-pages"]],
  ["Rooms", ["max-rooms", "max-members", "grace", "ring", "ring-size", "allow-plaintext"]],
  [
    "What it keeps",
    ["db", "history", "history-quota", "history-total", "max-file", "file-quota", "file-total", "file-ttl", "redis"],
  ],
  [
    "What one socket or one address may do",
    ["rate", "join-rate", "address-factor", "max-connections", "max-per-address"],
  ],
  ["When it hangs up", ["max-payload", "max-backlog", "join-deadline", "idle", "heartbeat"]],
  ["What it tells its operator", ["metrics", "log-level"]],
];

/** `qsec2-relay serve`: runs a relay until it is told to stop. */
export function serveCommand(): Command {
  const command = new Command("serve").description("run a relay (what happens without a command)");
  const byName = new Map(options().map((option) => [option.long!.slice(2), option]));
  for (const [heading, names] of GROUPS)
    for (const name of names) command.addOption(byName.get(name)!.helpGroup(`${heading}:`));
  return command.allowExcessArguments(false).action(serve);
}

function options(): readonly Option[] {
  return [
    new Option("-p, --port <number>", "port to listen on; 0 takes any free one")
      .env("QSEC2_PORT")
      .default(DEFAULT_PORT)
      .argParser(wholeNumber(0, 65_535)),
    new Option(
      "--host <address>",
      "address of this machine to listen on; 127.0.0.1 lets nobody else in, 0.0.0.0 takes all of its addresses",
    )
      .env("QSEC2_HOST")
      .default(DEFAULT_HOST),
    new Option(
      "--db <file>",
      "SQLite file of the audit log, sealed files and kept messages, made when it is not there; none keeps them in memory",
    )
      .env("QSEC2_DB")
      .default("data/qsec2.db")
      .argParser(database),
    new Option(
      "--cors <origins>",
      "other sites whose pages may connect, such as https://chat.example; several with commas; * for any",
    )
      .env("QSEC2_CORS")
      .argParser(origins),
    new Option(
      "--redis <address>",
      "Redis that several relays have in common, such as redis://localhost:6379; they are then one relay",
    )
      // Without a parser here: commander repeats what does not parse, and that may have a password in it.
      .env("QSEC2_REDIS"),
    new Option("--max-rooms <number>", "how many rooms may be open at once")
      .env("QSEC2_MAX_ROOMS")
      .default(ROOMS_DEFAULT)
      .argParser(wholeNumber(1, 10_000_000)),
    new Option("--max-members <number>", "the largest room anyone may ask for")
      .env("QSEC2_MAX_MEMBERS")
      .default(ROOM_MEMBERS_MAX)
      .argParser(wholeNumber(ROOM_MEMBERS_MIN, ROOM_MEMBERS_MAX)),
    new Option("--grace <seconds>", "how long a member who lost the link keeps the place in the room")
      .env("QSEC2_GRACE")
      .default(GRACE_SECONDS_DEFAULT)
      .argParser(seconds(3_600)),
    new Option("--max-file <MiB>", "the largest file anyone may send")
      .env("QSEC2_MAX_FILE")
      .default(MAX_FILE_DEFAULT)
      .argParser(wholeNumber(1, 10_240)),
    new Option("--file-quota <MiB>", "how much the sealed files of one room may take; then no more are taken")
      .env("QSEC2_FILE_QUOTA")
      .default(FILE_QUOTA_DEFAULT)
      .argParser(wholeNumber(1, 1_048_576)),
    new Option("--file-total <MiB>", "how much the sealed files of all rooms may take; then no more are taken")
      .env("QSEC2_FILE_TOTAL")
      .default(FILE_TOTAL_DEFAULT)
      .argParser(wholeNumber(1, 1_048_576)),
    new Option("--file-ttl <seconds>", "how long a sealed file is kept")
      .env("QSEC2_FILE_TTL")
      .default(FILE_TTL_DEFAULT)
      .argParser(wholeNumber(1, 2_592_000)),
    new Option(
      "--history <seconds>",
      "how long the sealed messages of rooms with history are kept for members who are away; 0 keeps none",
    )
      .env("QSEC2_HISTORY")
      .default(HISTORY_DEFAULT)
      .argParser(wholeNumber(0, 31_536_000)),
    new Option("--history-quota <MiB>", "how much the kept messages of one room may take; then its oldest ones go")
      .env("QSEC2_HISTORY_QUOTA")
      .default(HISTORY_QUOTA_DEFAULT)
      .argParser(wholeNumber(1, 1_048_576)),
    new Option("--history-total <MiB>", "how much the kept messages of all rooms may take; then no more are kept")
      .env("QSEC2_HISTORY_TOTAL")
      .default(HISTORY_TOTAL_DEFAULT)
      .argParser(wholeNumber(1, 1_048_576)),
    new Option(
      "--ring <number>",
      "how many sealed messages of a room wait in memory for members whose links are down for a moment; 0 turns that off",
    )
      .env("QSEC2_RING")
      .default(RING_DEFAULT)
      .argParser(wholeNumber(0, 65_536)),
    new Option("--ring-size <KiB>", "how much of them one room may have; then its oldest ones go")
      .env("QSEC2_RING_SIZE")
      .default(RING_SIZE_DEFAULT)
      .argParser(wholeNumber(1, 65_536)),
    ...limitOptions(),
    new Option(
      "--metrics <port>",
      "answer /metrics for Prometheus on this port, for this machine alone (127.0.0.1); off unless given",
    )
      .env("QSEC2_METRICS")
      .argParser(wholeNumber(0, 65_535)),
    new Option("--log-level <level>", "what goes to standard error; nothing personal at info and above")
      .env("QSEC2_LOG_LEVEL")
      .default("info")
      .choices(LOG_LEVELS),
    new Option(
      "--allow-plaintext",
      "pass on messages that are not encrypted, in rooms where every member's client asks for it",
    ).env("QSEC2_ALLOW_PLAINTEXT"),
    new Option(
      "--trust-proxy",
      "believe X-Forwarded-Host and X-Forwarded-For; only behind a proxy that sets both, and that nobody can go around",
    ).env("QSEC2_TRUST_PROXY"),
    new Option("--no-pages", "do not serve the landing page and the room page").env("QSEC2_NO_PAGES"),
  ];
}

async function serve(chosen: StartOptions): Promise<void> {
  const relay = await startRelay(chosen);
  stopOnSignal(relay);
  const where = chosen.pages === false ? "The QSEC2 relay listens on" : "The QSEC2 relay is ready. Open";
  process.stdout.write(`${where} ${relay.url}\n`);
  if (relay.metricsUrl !== undefined) process.stdout.write(`Metrics: ${relay.metricsUrl}\n`);
}

/** The first signal stops the relay in order, a second one at once. */
function stopOnSignal(relay: RunningRelay): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      relay.close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`The relay did not stop in order: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
