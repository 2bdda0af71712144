import { RELAY_ERROR_CODES, type RelayErrorCode } from "@qsec2/sdk/wire";

/** The limits that hold before an event reaches a handler, by the name that an operator sees in the metrics. */
export const LIMITS = [
  // A connection that was not let in.
  "origin",
  "host",
  "draining",
  "connections",
  "address_connections",
  "address_handshakes",
  // An event that was answered with `rate_limited`: of this socket, or of its address.
  "messages",
  "files",
  "joins",
  "waiting",
  "address_messages",
  "address_files",
  "address_joins",
  // A connection that was cut; besides, `join_timeout` and `idle_timeout`.
  "packets",
  "malformed",
  "attachment_timeout",
  "backlog",
] as const;

/** What was refused: a limit, or the code that an event was answered with. `rate_limited` counts by its limit. */
export type Refused = (typeof LIMITS)[number] | Exclude<RelayErrorCode, "rate_limited">;

/** Every name there is, in a fixed order. */
export const REFUSED: readonly Refused[] = [
  ...new Set<Refused>([...LIMITS, ...RELAY_ERROR_CODES.filter((code) => code !== "rate_limited")]),
];

/** How often each thing was refused since the relay has started. Names of people and rooms are no part of it. */
export class Counters {
  readonly #counts = new Map<Refused, number>(REFUSED.map((name) => [name, 0]));

  refuse(name: Refused): void {
    this.#counts.set(name, this.refused(name) + 1);
  }

  refused(name: Refused): number {
    return this.#counts.get(name) ?? 0;
  }

  /** A copy of all of them, in the order of {@link REFUSED}. */
  snapshot(): Readonly<Record<Refused, number>> {
    return Object.fromEntries(this.#counts) as Record<Refused, number>;
  }
}
