import { QsecError } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { FILE_PARTS_PER_SECOND } from "../limits.js";
import { Allowance, type Counted } from "../socket/addresses.js";

const UNIT = {
  messages: "messages a second are allowed",
  files: "parts of files a second are allowed",
  joins: "joins a minute are allowed",
} as const;
const OF_ADDRESS = { messages: "address_messages", files: "address_files", joins: "address_joins" } as const;

/**
 * Counts what one socket sends, also for its address.
 * @returns throws QsecError `rate_limited` when that is too much
 */
export function eventLimits({ settings, addresses, counters }: RelayContext, address: string | undefined) {
  const own = new Allowance(settings);
  return (what: Counted): void => {
    // First the socket's own: what it sends in vain is not taken from its neighbours.
    if (!own.take(what)) {
      counters.refuse(what);
      throw tooMuch(`At most ${numberOf(settings, what)} ${UNIT[what]}.`);
    }
    if (!addresses.take(address, what)) {
      counters.refuse(OF_ADDRESS[what]);
      throw tooMuch(`At most ${settings.addressFactor * numberOf(settings, what)} ${UNIT[what]} from one address.`);
    }
  };
}

function numberOf({ rate, joinRate }: RelayContext["settings"], what: Counted): number {
  return { messages: rate, files: FILE_PARTS_PER_SECOND, joins: joinRate }[what];
}

function tooMuch(message: string): QsecError {
  return new QsecError("rate_limited", message);
}
