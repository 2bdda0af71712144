/**
 * `@qsec2/relay`: a Socket.IO server that passes sealed bytes between the members of a room, and keeps an audit log. It
 * has no key and sees no plaintext.
 * @module relay
 */
export { createRelay, type Relay } from "./relay.js";
export type { Readiness, RelayStats } from "./relay-stats.js";
export { startRelay, type RunningRelay, type StartOptions } from "./server.js";
export type { LogLevel, RelayOptions } from "./options.js";
export type { Refused } from "./counters.js";
export type { AuditLog, AuditStats } from "./audit/audit-log.js";
export { chainHash, CHAIN_START, verifyChain, type ChainReport, type LogRow } from "./audit/chain.js";
export { computeQber, type BitSequence, type QberReport } from "./qber.js";
