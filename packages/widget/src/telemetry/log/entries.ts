import type { QsecSessionEventMap } from "@qsec2/sdk";
import type { Words } from "../../locale/en.js";
import { percent } from "../../locale/format.js";

export type Level = "info" | "good" | "warn" | "bad";

/** One row of the log; it never holds the text of a message. */
export interface LogEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tag: string;
  readonly text: string;
  readonly level: Level;
}

type Described = Pick<LogEntry, "tag" | "text" | "level">;
type Describers = {
  readonly [K in keyof QsecSessionEventMap]: (detail: QsecSessionEventMap[K], words: Words) => readonly Described[];
};

const one = (level: Level, tag: string, text: string): readonly Described[] => [{ level, tag, text }];

/** How each event of a session reads in the log. */
export const DESCRIBE: Describers = {
  state: ({ state, previous }, { log }) =>
    one(state === "secured" ? "good" : "info", "STATE", log.state(previous, state)),
  members: ({ members }, { log }) =>
    one("info", "MEMBERS", log.members(members.filter((member) => member.online).length)),
  epoch: ({ number, reason, members }, { log }) => one("good", "EPOCH", log.epoch(number, reason, members)),
  "bb84:step": ({ peer, step, counts, qber, name }, words) => {
    const { log, telemetry, language } = words;
    const parts = [log.step(peer.name, step, telemetry.steps[name])];
    if (step === 1) parts.push(log.qubits(counts.qubits));
    if (step === 5 && counts.matched !== undefined) parts.push(log.matched(counts.matched));
    if (step === 5 && qber !== undefined) parts.push(log.qber(percent(qber, language)));
    if (step === 6 && counts.secret !== undefined) parts.push(log.secret(counts.secret));
    return one("info", "BB84", parts.join(" · "));
  },
  "bb84:aborted": ({ peer, code, qber, willRetry }, { log, language }) => {
    const text = log.aborted(peer.name, code) + (qber === undefined ? "" : ` · ${log.qber(percent(qber, language))}`);
    return one(willRetry ? "warn" : "bad", "BB84 ABORT", text);
  },
  "bb84:keyed": ({ peer, fingerprint, qber }, { log, language }) =>
    one("good", "BB84 KEY", `${log.keyed(peer.name, fingerprint)} · ${log.qber(percent(qber, language))}`),
  verify: ({ peer }, { log }) => one("warn", "VERIFY", log.verify(peer.name)),
  "verify:done": ({ peer, confirmed }, { log }) =>
    one(confirmed ? "good" : "warn", "VERIFY", log.verified(peer.name, confirmed)),
  message: ({ fromName, epoch, seq, own }, { log }) =>
    one("info", own ? "SENT" : "RECEIVED", log.message(fromName, epoch, seq)),
  chat: ({ fromName, epoch, seq, event }, { log }) =>
    one("info", "CHAT", `${log.message(fromName, epoch, seq)} · ${event.op}`),
  direct: ({ peer, own }, { log }) => one("info", "DIRECT", log.direct(peer.name, own)),
  "direct:done": ({ peer, code }, { log }) =>
    one(code === null ? "good" : "warn", "DIRECT", log.directDone(peer.name, code)),
  plaintext: ({ fromName }, { log }) => one("bad", "PLAINTEXT", log.plaintext(fromName)),
  published: ({ fromName, type }) => one("info", "PUBLISHED", `${fromName} · ${type}`),
  delivered: ({ epoch, seq }, { log }) => one("info", "DELIVERED", log.delivered(epoch, seq)),
  knock: ({ peer }, { log }) => one("warn", "KNOCK", log.knock(peer.name)),
  "knock:done": ({ peer, admitted }, { log }) =>
    one(admitted ? "good" : "warn", "KNOCK", log.admitted(peer.name, admitted)),
  "identity:changed": ({ peer, code, pinned }, { log }) =>
    one("bad", "IDENTITY", log.identity(peer.name, pinned.code, code)),
  rotated: ({ by }, { log }) => one("good", "ROTATED", log.rotated(by.name)),
  removed: ({ by }, { log }) => one("warn", "REMOVED", log.removed(by.name)),
  history: ({ messages, gaps }, { log }) => {
    const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
    return one(missing === 0 ? "info" : "warn", "HISTORY", log.history(messages, missing));
  },
  security: ({ code, message, level }) => one(level === "note" ? "info" : "bad", "SECURITY", `${code} · ${message}`),
  "relay:log": ({ entries }, { log }) => entries.flatMap((entry) => one("info", "RELAY", log.relay(entry.message))),
  error: ({ error }) => one("bad", "ERROR", `${error.code} · ${error.message}`),
};

/** The events the log listens to. */
export const LOGGED = Object.keys(DESCRIBE) as (keyof QsecSessionEventMap)[];

/** Rows kept; the oldest go first. */
export const LOG_MAX = 500;

export interface Log {
  readonly entries: readonly LogEntry[];
  readonly dropped: number;
}

export const EMPTY_LOG: Log = { entries: [], dropped: 0 };

export function append(log: Log, described: readonly Described[], at: number): Log {
  const first = log.dropped + log.entries.length;
  const all = [...log.entries, ...described.map((row, i) => ({ ...row, id: first + i, at }))];
  const over = Math.max(0, all.length - LOG_MAX);
  return { entries: over === 0 ? all : all.slice(over), dropped: log.dropped + over };
}

/** The row of an event; `detail` belongs to `name`. */
export function describeEvent<K extends keyof QsecSessionEventMap>(
  name: K,
  detail: QsecSessionEventMap[K],
  words: Words,
): readonly Described[] {
  return DESCRIBE[name](detail, words);
}
