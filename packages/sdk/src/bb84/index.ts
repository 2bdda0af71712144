/**
 * `@qsec2/sdk/bb84`: a BB84 engine that can be used alone. It does no I/O and reads no clock; randomness is a parameter.
 *
 * - The run that the handshake makes: {@link BB84Sender} and {@link BB84Receiver} with a {@link Profile}.
 * - The physics: {@link transmit} sends pulses through an eavesdropper, a channel and detectors, millions a second;
 *   {@link traceQubits} follows each by its state; {@link expectation} is what theory says.
 * - Parameter estimation: {@link rateOfKept}, {@link finiteKeyLength}, {@link qubitsNeeded}.
 * - The laboratory: {@link exchange} runs from the source to the key, {@link sweep} makes a table of such runs.
 * - The stages of an exchange one by one: {@link transmit}, {@link disclose}, {@link estimateErrors},
 *   {@link reconcileKeys}, {@link verifyKeys}, {@link amplifyKeys}.
 * - What a stage can be made of: {@link golayMethod}, {@link ldpcMethod}, {@link cascadeMethod}; {@link toeplitz},
 *   {@link polynomialHash}. With messages to send: {@link CascadeCorrector} and {@link CascadeResponder},
 *   {@link TranscriptAuthentication}.
 *
 * It is a simulation: it shows how the protocol works and where it gives up, and adds no security of its own.
 * @module bb84
 */
export { expectedQber, simulatedChannel, type ChannelOptions, type QuantumChannel } from "./run/channel.js";
export { DISCLOSED_LIMIT, type DisclosedQubit } from "./run/disclosed.js";
export { qberOf, type Estimate } from "./estimation/parameter-estimation.js";
export { PROFILES, profileByCode, type Profile, type ProfileName } from "./run/profiles.js";
export type { RandomBytes } from "./random.js";
export { BB84Receiver, type ReceiverOptions } from "./run/receiver.js";
export type { Reconciled, Reconciliation, SyndromeOptions } from "./reconciliation.js";
export type { RunResult } from "./run/run.js";
export type { RunCounts } from "./secret-length.js";
export { BB84Sender, type SenderOptions, type SiftAnswer, type SiftMessage } from "./run/sender.js";
export type { Bit } from "./bits.js";
export { BREIDBART, prepared, probabilityOfOne, type Axis, type Bloch } from "./physics/bloch.js";
export { expectation, type Expectation } from "./physics/expectation.js";
export type {
  ChannelModel,
  DetectorModel,
  EavesdropperModel,
  Pulse,
  SourceModel,
  TransmissionOptions,
} from "./physics/models.js";
export { platformRandom, seededRandom } from "./randomness/sources.js";
export type { PhysicalSettings } from "./physics/settings.js";
export { matchedMask, siftKeys, type SiftedKeys } from "./physics/sift.js";
export { tally, type Count, type Tally } from "./physics/tally.js";
export { traceQubits, type QubitTrace } from "./physics/trace.js";
export { transmit, wipeTransmission, type Transmission } from "./physics/transmission.js";
export { rateOfKept, serflingDeviation, type BoundMode, type RateInterval } from "./estimation/error-bound.js";
export { finiteKeyLength, type SecretLengthInput, type SecurityParameters } from "./estimation/finite-key.js";
export { qubitsNeeded, type QubitPlan, type QubitsNeededInput } from "./estimation/qubits-needed.js";
export { isEavesdropperLevel, type Verdict } from "./estimation/verdict.js";
export { ledgerBits, type Ledger, type LedgerEntry, type LedgerLine } from "./ledger.js";
export { toeplitz, typescriptToeplitz } from "./amplification/toeplitz.js";
export {
  AUTHENTICATION_BITS,
  TranscriptAuthentication,
  transcriptForgery,
  type TranscriptSide,
} from "./authentication/transcript.js";
export { CascadeCorrector, type CascadeSchedule, type CorrectorOptions } from "./cascade/corrector.js";
export { PassLayouts, type IndexMemory, type PassLayout } from "./cascade/layout.js";
export type { CascadeSetting, ParityAnswers, ParityQuestions } from "./cascade/messages.js";
export type { CascadeBlock, CascadeCorrection, CascadeObserver } from "./cascade/observer.js";
export { reconcileCascade, type CascadeOptions, type CascadeOutcome } from "./cascade/reconcile.js";
export { CascadeResponder, type ResponderOptions } from "./cascade/responder.js";
export {
  CASCADE_VARIANTS,
  cascadePlan,
  type CascadePass,
  type CascadePlan,
  type CascadeVariant,
} from "./cascade/variants.js";
export { cascadeMethod, type CascadeMethodOptions } from "./laboratory/cascade-method.js";
export { directToeplitz } from "./laboratory/direct-toeplitz.js";
export { exchange } from "./laboratory/exchange.js";
export type { ExchangeReport, ExchangeResult, ExchangeStats, ReconciliationStats } from "./laboratory/result.js";
export { disclose, type Disclosure, type Sample } from "./laboratory/disclosure.js";
export { estimateErrors, type ExchangeEstimate } from "./laboratory/estimate.js";
export { amplifyKeys, reconcileKeys, verifyKeys } from "./laboratory/stages.js";
export { polynomialCollision, polynomialHash } from "./verification/polynomial-hash.js";
export { ldpcCode, ldpcSyndrome, type LdpcCode, type LdpcCodeName } from "./ldpc/code.js";
export { ldpcDecode, type LdpcDecoded, type LdpcDecodeOptions } from "./ldpc/decoder.js";
export { LDPC_QBER_MAXIMUM, ldpcPlan, type LdpcPlan } from "./ldpc/plan.js";
export { ldpcQubits } from "./ldpc/qubits.js";
export { ldpcMethod } from "./laboratory/ldpc-method.js";
export { golayMethod } from "./laboratory/golay-method.js";
export type {
  ReconciliationInput,
  ReconciliationMethod,
  ReconciliationOutput,
  UniversalHash,
} from "./laboratory/methods.js";
export type { EstimationOptions, ExchangeOptions } from "./laboratory/options.js";
export {
  sweep,
  type Compared,
  SWEEP_PARAMETERS,
  type SweepOptions,
  type SweepParameter,
  type SweepRow,
} from "./laboratory/sweep.js";
