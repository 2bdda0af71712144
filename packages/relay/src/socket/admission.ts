import type { IncomingMessage } from "node:http";
import type { Counters } from "../counters.js";
import type { RelaySettings } from "../options.js";
import { addressOf } from "./address.js";
import type { Addresses } from "./addresses.js";
import { hostAllowed } from "./host.js";
import { originAllowed } from "./origin.js";

/** Why a connection is not let in, in a sentence for who tries. */
const SENTENCES = {
  draining: "the relay is stopping",
  host: "the relay is not reached under this name",
  origin: "this origin may not connect",
  connections: "the relay has as many connections as it may have",
  address_connections: "this address has as many connections as it may have",
  address_handshakes: "this address connects too often",
} as const;

export type AdmissionLimit = keyof typeof SENTENCES;

export interface AdmissionState {
  readonly settings: RelaySettings;
  readonly addresses: Addresses;
  readonly counters: Counters;
  readonly draining: () => boolean;
  /** Sockets that are open. */
  readonly connections: () => number;
  /** Told of each refusal, for the log. */
  readonly refused: (limit: AdmissionLimit) => void;
}

/** Decides about each new connection; gives the sentence with which it is refused, or null. */
export function admission(state: AdmissionState): (request: IncomingMessage) => string | null {
  return (request) => {
    const limit = limitFor(state, request);
    if (limit === undefined) return null;
    state.counters.refuse(limit);
    state.refused(limit);
    return SENTENCES[limit];
  };
}

function limitFor(state: AdmissionState, request: IncomingMessage): AdmissionLimit | undefined {
  const { settings, addresses } = state;
  if (state.draining()) return "draining";
  if (!hostAllowed(request, settings)) return "host";
  if (!originAllowed(request.headers, settings)) return "origin";
  if (state.connections() >= settings.maxConnections) return "connections";
  return addresses.refusal(addressOf(request, settings.trustProxy));
}
