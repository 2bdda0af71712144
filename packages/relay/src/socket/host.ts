import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { isLoopback } from "./address.js";

export interface HostRules {
  /** Names by which the relay is reached, in lower case; empty when the operator has named none. */
  readonly hosts: readonly string[];
  readonly trustProxy: boolean;
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-][a-z0-9._-]*)(:\d{1,5})?$/;

/**
 * Is the request meant for this relay? A page whose name was pointed at this machine after it was loaded (DNS rebinding)
 * has an Origin that fits its Host; what gives it away is the name. `localhost` and addresses cannot be pointed anywhere.
 */
export function hostAllowed(request: IncomingMessage, { hosts, trustProxy }: HostRules): boolean {
  // Of two, another server on the way may have taken the other one.
  if (hostLines(request) > 1) return false;
  const name = nameOf(hostOf(request.headers, trustProxy));
  if (name === undefined) return false;
  if (name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0) return true;
  if (hosts.length > 0) return hosts.includes(name);
  return trustProxy || !isLoopback(request.socket.localAddress ?? "127.0.0.1");
}

/** Not `headersDistinct`, which the request would keep for as long as the connection lasts. */
function hostLines({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === "host").length;
}

/** What the client has asked for: behind a proxy that is trusted, what that one says. */
export function hostOf(headers: IncomingMessage["headers"], trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? headers["x-forwarded-host"] : undefined;
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(",", 1)[0].trim();
  return first === undefined || first === "" ? headers.host : first;
}

/** Without port and brackets, in lower case. Undefined for what is no host. */
function nameOf(host: string | undefined): string | undefined {
  const name = host === undefined ? undefined : HOST.exec(host.toLowerCase())?.[1];
  return name?.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
