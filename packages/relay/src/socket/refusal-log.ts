import type { Logger } from "pino";
import type { AdmissionLimit } from "./admission.js";
import { TokenBucket } from "./token-bucket.js";

/** A flood of refused connections is no flood of lines: so many at once, and then one a minute. */
const LINES_AT_ONCE = 5;
const LINES_PER_SECOND = 1 / 60;

/** What an operator can do about it; the rest is for the metrics. */
const LINES: Partial<Record<AdmissionLimit, string>> = {
  origin: "a page of an origin that is not allowed tried to connect; --cors lists those that are",
  host: "a connection under a name that is not the relay's was refused; --hosts lists its names",
  connections: "the relay has as many connections as it may have",
};

/** Tells the operator why connections are refused, without a name or an address of anybody. */
export function refusalLog(log: Logger): (limit: AdmissionLimit) => void {
  const lines = new TokenBucket(LINES_PER_SECOND, LINES_AT_ONCE);
  return (limit) => {
    const line = LINES[limit];
    if (line !== undefined && lines.take()) log.warn({ limit }, line);
  };
}
