import type { IncomingHttpHeaders } from "node:http";
import { hostOf } from "./host.js";

export interface OriginRules {
  /** Origins that may connect besides the relay's own pages; `*` for any. */
  readonly cors: readonly string[];
  readonly trustProxy: boolean;
}

/**
 * May a page of this origin open a socket? CORS does not cover WebSockets: without this check every page that a member
 * has open could talk to the relay. Programs outside of browsers send no Origin and may connect.
 */
export function originAllowed(headers: IncomingHttpHeaders, { cors, trustProxy }: OriginRules): boolean {
  const { origin } = headers;
  if (origin === undefined || cors.includes("*") || cors.includes(origin)) return true;
  const host = hostOf(headers, trustProxy);
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === withoutPort(host);
}

/** Without the port of the scheme, as in an origin; the scheme itself may differ, as a proxy may speak TLS for us. */
function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:(80|443)$/, "");
}
