import { QsecError } from "../../wire/errors.js";
import { toeplitz } from "../amplification/toeplitz.js";
import type { BoundMode } from "../estimation/error-bound.js";
import { boundMode, securityParameters, type SecurityParameters } from "../estimation/finite-key.js";
import { integerIn, numberIn, onlyKnown } from "../options.js";
import type { TransmissionOptions } from "../physics/models.js";
import { physicalSettings, TRANSMISSION_OPTIONS, type PhysicalSettings } from "../physics/settings.js";
import { cascadeMethod } from "./cascade-method.js";
import type { ReconciliationMethod, UniversalHash } from "./methods.js";

/** How the error rate is estimated. */
export interface EstimationOptions {
  /** Share of the sifted bits that are disclosed, 0.001 … 0.999; with biased bases, of those in the more frequent one. @default 0.25 */
  readonly sample?: number;
  /** @default "hypergeometric" */
  readonly bound?: BoundMode;
}

/** Everything from the source to the key. */
export interface ExchangeOptions extends TransmissionOptions {
  /** How much is disclosed, and which bound is drawn from it. */
  readonly estimation?: EstimationOptions;
  /** @default {@link cascadeMethod}, `option3`: it comes nearer to the limit than one shot does, at every error rate */
  readonly reconciliation?: ReconciliationMethod;
  /** The hash by which the two sides see that their keys are equal. @default {@link toeplitz} */
  readonly verification?: UniversalHash;
  /** @default {@link toeplitz} */
  readonly privacyAmplification?: UniversalHash;
  /** Probabilities with which the bounds and the key may fail. */
  readonly security?: SecurityParameters;
  /** Key bits that authenticating the messages takes, 0 … 10⁶. @default 0: the classical channel is authentic by other means */
  readonly authentication?: number;
  /** Secret bits below which there is no key, 1 … 10⁶. @default 256 */
  readonly minimumSecret?: number;
}

export interface ExchangeSettings {
  readonly physics: PhysicalSettings;
  readonly sample: number;
  readonly bound: BoundMode;
  readonly reconciliation: ReconciliationMethod;
  readonly verification: UniversalHash;
  readonly privacyAmplification: UniversalHash;
  readonly security: Required<SecurityParameters>;
  readonly authentication: number;
  readonly minimumSecret: number;
}

export const EXCHANGE_OPTIONS: readonly (keyof ExchangeOptions)[] = [
  ...TRANSMISSION_OPTIONS,
  "estimation",
  "reconciliation",
  "verification",
  "privacyAmplification",
  "security",
  "authentication",
  "minimumSecret",
];

const DEFAULT_RECONCILIATION = cascadeMethod({ variant: "option3" });

/** @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range */
export function exchangeSettings(options: ExchangeOptions): ExchangeSettings {
  onlyKnown("exchange", options, EXCHANGE_OPTIONS);
  const { estimation = {}, reconciliation = DEFAULT_RECONCILIATION } = options;
  const { verification = toeplitz, privacyAmplification = toeplitz } = options;
  onlyKnown("estimation", estimation, ["sample", "bound"]);
  requireMethods("reconciliation", reconciliation, ["reconcile"]);
  requireMethods("verification", verification, ["seedLength", "hash"]);
  requireMethods("privacyAmplification", privacyAmplification, ["seedLength", "hash"]);
  return {
    physics: physicalSettings(options),
    sample: numberIn("estimation.sample", estimation.sample ?? 0.25, 0.001, 0.999),
    bound: boundMode(estimation.bound),
    reconciliation,
    verification,
    privacyAmplification,
    security: securityParameters(options.security),
    authentication: integerIn("authentication", options.authentication ?? 0, 0, 1e6),
    minimumSecret: integerIn("minimumSecret", options.minimumSecret ?? 256, 1, 1e6),
  };
}

function requireMethods(name: string, value: object, methods: readonly string[]): void {
  const has = (method: string) => typeof (value as Record<string, unknown> | null)?.[method] === "function";
  if (!methods.every(has))
    throw new QsecError(
      "bad_option",
      `'${name}' must be an object with ${methods.map((m) => `${m}()`).join(" and ")}.`,
    );
}
