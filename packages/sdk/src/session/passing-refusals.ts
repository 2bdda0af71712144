import type { QsecErrorCode } from "../wire/errors.js";

/** How long to wait for word of the link before trying anyway, milliseconds: a request can fail on a link that is up. */
const RETRY_DELAY = 2_000;
/** The relay counts messages, pages and parts of files per second; a quarter of a second frees some. */
export const RATE_DELAY = 250;

/** The relay restarts, or has not heard our `join` again yet: word of the link says when to go on. */
const UNTIL_LINKED: ReadonlySet<QsecErrorCode> = new Set(["link_lost", "draining", "not_joined"]);

/** Whether what the relay has refused, or not answered, will pass when the link is back. */
export function passesWithLink(code: QsecErrorCode): boolean {
  return UNTIL_LINKED.has(code);
}

/** After how many milliseconds the same request may be tried again; null for a refusal that is final. */
export function retryAfter(code: QsecErrorCode): number | null {
  if (code === "rate_limited") return RATE_DELAY;
  return passesWithLink(code) ? RETRY_DELAY : null;
}
