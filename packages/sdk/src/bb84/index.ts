/**
 * `@qsec2/sdk/bb84`: a BB84 engine that can be used alone — preparation, a simulated channel with noise and an
 * eavesdropper, measurement, sifting, parameter estimation and one-way information reconciliation. It does no I/O,
 * reads no clock and takes its randomness as a parameter.
 *
 * It is a simulation: it shows how the protocol works and where it gives up, and adds no security of its own.
 * @module bb84
 */
export { simulatedChannel, type ChannelOptions, type QuantumChannel } from "./run/channel.js";
export { DISCLOSED_LIMIT, type DisclosedQubit } from "./run/disclosed.js";
export { qberOf, type Estimate } from "./estimation/parameter-estimation.js";
export { PROFILES, profileByCode, type Profile, type ProfileName } from "./run/profiles.js";
export type { RandomBytes } from "./random.js";
export { BB84Receiver, type ReceiverOptions } from "./run/receiver.js";
export type { Reconciled, Reconciliation } from "./reconciliation.js";
export type { RunResult } from "./run/run.js";
export { BB84Sender, type SenderOptions, type SiftAnswer, type SiftMessage } from "./run/sender.js";
export type { Bit } from "./bits.js";
