import { QsecError } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import type { Refused } from "../counters.js";
import { FILE_PARTS_PER_SECOND } from "../limits.js";
import { addressOf } from "../socket/address.js";
import { bucketsFor, type Counted } from "../socket/addresses.js";

const OF_ADDRESS = { messages: "address_messages", files: "address_files", joins: "address_joins" } as const;

/**
 * Counts what one socket sends, also for its address.
 * @returns throws QsecError `rate_limited` when that is too much
 */
export function eventLimits({ settings, addresses, counters }: RelayContext, { request }: RelaySocket) {
  const { rate, joinRate, addressFactor, trustProxy } = settings;
  const address = addressOf(request, trustProxy);
  const own = bucketsFor(settings);
  const allowed = {
    messages: { number: rate, of: "messages a second" },
    files: { number: FILE_PARTS_PER_SECOND, of: "parts of files a second" },
    joins: { number: joinRate, of: "joins a minute" },
  };

  const refuse = (limit: Refused, number: number, rest: string): never => {
    counters.refuse(limit);
    throw new QsecError("rate_limited", `At most ${number} ${rest}.`);
  };

  return (what: Counted): void => {
    const { number, of } = allowed[what];
    // First the socket's own: what it sends in vain is not taken from its neighbours.
    if (!own[what].take()) refuse(what, number, `${of} are allowed`);
    if (!addresses.take(address, what))
      refuse(OF_ADDRESS[what], addressFactor * number, `${of} are allowed from one address`);
  };
}
