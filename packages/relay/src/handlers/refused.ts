import { QsecError } from "@qsec2/sdk/wire";

/** Events that other relays of this protocol may know. */
const NOT_SUPPORTED = new Set<unknown>(["relay"]);

/** Why an event that is not in the table is refused. */
export function refusalOf(event: unknown): QsecError {
  if (NOT_SUPPORTED.has(event)) return new QsecError("not_supported", "This relay does not offer that.");
  return new QsecError("unknown_event", "The protocol has no event of this name.");
}
