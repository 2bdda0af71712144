import { destination, pino, type Logger } from "pino";
import type { RelayOptions } from "./options.js";

/** The log of the process: JSON lines on standard error, written at once so that a stop loses none. */
export function loggerFor({ logger, logLevel }: Pick<RelayOptions, "logger" | "logLevel">): Logger {
  return logger ?? pino({ name: "qsec2-relay", level: logLevel ?? "info" }, destination({ dest: 2, sync: true }));
}
