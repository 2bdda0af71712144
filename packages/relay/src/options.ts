import { QsecError, ROOM_MEMBERS_MAX, ROOM_MEMBERS_MIN } from "@qsec2/sdk/wire";
import type { Logger } from "pino";
import type { AuditLog } from "./audit/audit-log.js";
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
} from "./limits.js";
import { checkRedisUrl } from "./redis/url.js";
import { LIMIT_DEFAULTS, LIMIT_RANGES, type LimitOptions } from "./socket/limit-options.js";

export const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
/** How much the relay's own log says, as pino names it. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a relay behaves; all of it is optional. */
export interface RelayOptions extends LimitOptions {
  /**
   * The SQLite file of the audit log, of sealed files and of kept messages, made with its folder when it is not there.
   * `false`: all of it stays in memory.
   * @default "data/qsec2.db"
   */
  readonly db?: string | false;
  /** Origins of pages that may connect besides the relay's own, such as `https://chat.example`; `*` for any. @default [] */
  readonly cors?: readonly string[];
  /**
   * Address of a Redis (or Valkey) that several relays have in common, such as `redis://localhost:6379`: to their clients
   * they are one relay. `false`: this process is all of it.
   * @default false
   */
  readonly redis?: string | false;
  /** How many rooms may be open at once. @default 10000 */
  readonly maxRooms?: number;
  /** The largest room anyone may ask for, 2 to 64. @default 64 */
  readonly maxMembers?: number;
  /** Seconds that a member who lost the link keeps the place in the room, 0 to 3600. @default 15 */
  readonly grace?: number;
  /** MiB of the largest file that may be sent, 1 to 10240. @default 50 */
  readonly maxFile?: number;
  /** MiB of sealed files that one room may hold, 1 to 1048576. @default 500 */
  readonly fileQuota?: number;
  /** MiB of sealed files that all rooms together may hold, 1 to 1048576. @default 10240 */
  readonly fileTotal?: number;
  /** Seconds that a sealed file is kept, 1 to 2592000. @default 86400 */
  readonly fileTtl?: number;
  /**
   * Pass on messages that are not encrypted, in rooms where the client of every member asks for it. Whoever can read the
   * relay's memory or its link reads them. @default false
   */
  readonly allowPlaintext?: boolean;
  /**
   * Seconds that the sealed messages of rooms with history are kept for members who are away, up to 31536000; 0 keeps
   * none. @default 0
   */
  readonly history?: number;
  /** MiB of messages that one room may have; then its oldest ones go. 1 to 1048576. @default 64 */
  readonly historyQuota?: number;
  /** MiB of messages that all rooms together may have, 1 to 1048576. @default 4096 */
  readonly historyTotal?: number;
  /**
   * How many sealed messages of a room wait in memory for members whose links are down for a moment, 0 to 65536; 0 turns
   * that off. @default 256
   */
  readonly ring?: number;
  /** KiB of them for one room, 1 to 65536. @default 512 */
  readonly ringSize?: number;
  /**
   * Believe `X-Forwarded-Host` and the last entry of `X-Forwarded-For`; only behind a proxy that sets both.
   * @default false
   */
  readonly trustProxy?: boolean;
  /**
   * Port of this machine's own address on which `/metrics` is answered for Prometheus, 0 for any free one; `false`: none.
   * @default false
   */
  readonly metrics?: number | false;
  /** What goes to the log of the process (standard error, JSON lines). Nothing personal at `info`. @default "info" */
  readonly logLevel?: LogLevel;
  /** Another logger than the relay's own; `logLevel` is not used then. */
  readonly logger?: Logger;
  /** Another audit log than the relay's own; `db` then holds sealed files and kept messages only. The relay closes it. */
  readonly audit?: AuditLog;
}

/** The options with every default filled in. */
export type RelaySettings = Required<Omit<RelayOptions, "logger" | "audit">> & Pick<RelayOptions, "logger" | "audit">;

const DEFAULTS = {
  ...LIMIT_DEFAULTS,
  db: "data/qsec2.db",
  cors: [],
  redis: false,
  maxRooms: ROOMS_DEFAULT,
  maxMembers: ROOM_MEMBERS_MAX,
  grace: GRACE_SECONDS_DEFAULT,
  maxFile: MAX_FILE_DEFAULT,
  fileQuota: FILE_QUOTA_DEFAULT,
  fileTotal: FILE_TOTAL_DEFAULT,
  fileTtl: FILE_TTL_DEFAULT,
  allowPlaintext: false,
  history: HISTORY_DEFAULT,
  historyQuota: HISTORY_QUOTA_DEFAULT,
  historyTotal: HISTORY_TOTAL_DEFAULT,
  ring: RING_DEFAULT,
  ringSize: RING_SIZE_DEFAULT,
  trustProxy: false,
  metrics: false,
  logLevel: "info",
} as const satisfies RelayOptions;

const NAMES = new Set<string>([...Object.keys(DEFAULTS), "logger", "audit"]);

/** @throws QsecError `bad_option` for an unknown option or a value out of range */
export function resolveOptions(options: RelayOptions): RelaySettings {
  for (const name of Object.keys(options)) {
    if (!NAMES.has(name)) throw badOption(`There is no relay option '${name}'; there are ${[...NAMES].join(", ")}.`);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as RelayOptions;
  const settings: RelaySettings = { ...DEFAULTS, ...given };
  if (settings.db !== false && (typeof settings.db !== "string" || settings.db === "")) {
    throw badOption("The option 'db' is the path of the SQLite file, or false.");
  }
  checkNumber("maxRooms", settings.maxRooms, 1, 10_000_000);
  checkNumber("maxMembers", settings.maxMembers, ROOM_MEMBERS_MIN, ROOM_MEMBERS_MAX);
  checkNumber("grace", settings.grace, 0, 3_600, "fractions");
  for (const [name, [min, max]] of Object.entries(LIMIT_RANGES)) {
    const value = settings[name as keyof typeof LIMIT_RANGES];
    checkNumber(name, value, min, max, name === "heartbeat" ? "fractions" : undefined);
  }
  checkNumber("maxFile", settings.maxFile, 1, 10_240);
  checkNumber("fileQuota", settings.fileQuota, 1, 1_048_576);
  checkNumber("fileTotal", settings.fileTotal, 1, 1_048_576);
  checkNumber("fileTtl", settings.fileTtl, 1, 2_592_000);
  // An option that lets plaintext through, or believes anybody, is not switched on by a text such as "no".
  for (const name of ["allowPlaintext", "allowPolling", "trustProxy"] as const) {
    if (typeof settings[name] !== "boolean") throw badOption(`The option '${name}' is true or false.`);
  }
  checkNumber("history", settings.history, 0, 31_536_000);
  checkNumber("historyQuota", settings.historyQuota, 1, 1_048_576);
  checkNumber("historyTotal", settings.historyTotal, 1, 1_048_576);
  checkNumber("ring", settings.ring, 0, 65_536);
  checkNumber("ringSize", settings.ringSize, 1, 65_536);
  if (settings.metrics !== false) checkNumber("metrics", settings.metrics, 0, 65_535);
  if (!LOG_LEVELS.includes(settings.logLevel)) throw badOption(`The log level is one of ${LOG_LEVELS.join(", ")}.`);
  if (settings.redis !== false) checkRedisUrl(settings.redis);
  return { ...settings, cors: checkOrigins(settings.cors), hosts: checkHosts(settings.hosts) };
}

/** @throws QsecError `bad_option` */
function checkOrigins(cors: unknown): readonly string[] {
  if (Array.isArray(cors)) return cors.map(checkOrigin);
  throw badOption("The option 'cors' is a list of origins, such as [\"https://chat.example\"].");
}

/** @throws QsecError `bad_option` */
function checkHosts(hosts: unknown): readonly string[] {
  if (Array.isArray(hosts)) return hosts.map(checkHost);
  throw badOption("The option 'hosts' is a list of names, such as [\"chat.example\"].");
}

/** A name without scheme and port; in lower case. @throws QsecError `bad_option` */
export function checkHost(text: unknown): string {
  const name = typeof text === "string" ? text.toLowerCase() : "";
  if (/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return name;
  throw badOption(`'${String(text)}' is not the name of a host; write it as chat.example, without scheme and port.`);
}

/** An origin as browsers send it: scheme, host and port, nothing after. @throws QsecError `bad_option` */
export function checkOrigin(text: unknown): string {
  if (text === "*") return text;
  if (typeof text !== "string") throw badOption("An origin is text, such as https://chat.example, or * for any.");
  const origin = URL.canParse(text) ? new URL(text).origin : "null";
  if (origin === "null" || (text !== origin && text !== `${origin}/`)) {
    throw badOption(
      `'${text}' is not an origin; write it as https://chat.example or http://localhost:5173, or * for any.`,
    );
  }
  return origin;
}

/** @throws QsecError `bad_option` */
export function checkNumber(name: string, value: number, min: number, max: number, fractions?: "fractions"): void {
  if (value >= min && value <= max && (fractions || Number.isInteger(value))) return;
  throw badOption(`The option '${name}' is a ${fractions ? "" : "whole "}number from ${min} to ${max}.`);
}

export function badOption(message: string, cause?: unknown): QsecError {
  return new QsecError("bad_option", message, { cause });
}
