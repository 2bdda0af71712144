/**
 * `@qsec2/sdk/qkd`: keys of real quantum hardware, for the option `qkd` of a session. Whoever has none loads none of it.
 * @module qkd
 */
export type { QkdKey, QkdKeySource, QkdOptions, QkdPeer } from "../handshake/qkd.js";
export { etsi014KeySource, type Etsi014Options } from "./etsi014.js";
