import { QsecError } from "../../wire/errors.js";
import { isPackedBits } from "../bits.js";
import { checkParities, liftedLength, packBits, requireBlock, unpackBits, type LdpcCode } from "./code.js";
import { KNOWN_RATIO, MANTISSA_SHIFT, RATIO_STEPS, RATIOS, SIGN_BITS, TERMS, TERMS_CENTRE } from "./messages.js";

/** How long and from what the decoder works. */
export interface LdpcDecodeOptions {
  /** Sweeps over all checks after which decoding is given up; default 100. */
  readonly maximumIterations?: number;
}

/** What the decoder has come to. */
export type LdpcDecoded =
  /** `bits` has the syndrome that was asked for. */
  | { readonly ok: true; readonly bits: Uint8Array; readonly iterations: number }
  | { readonly ok: false; readonly iterations: number };

const DEFAULT_MAXIMUM_ITERATIONS = 100;

/** Below this error rate a sample tells nothing more, and decoding with too small a rate is worse than with too large a one. */
const QBER_FLOOR = 0.001;

/**
 * Finds a likely error pattern with the syndrome of the difference and removes it: layered belief propagation, check
 * after check with the ratios that the check before has left (Hocevar 2004). It is given up after
 * `maximumIterations`; what comes back as ok always has the syndrome, and is the sender's block unless the verification
 * hash says otherwise.
 *
 * @param bits the receiver's block, `code.length` bits, packed
 * @param syndrome the sender's, `code.checks` bits, packed
 * @param qber the error rate to expect, 0 ≤ qber < 0.5
 * @throws QsecError `bad_option` for a block or a syndrome of another length, an error rate or number of iterations out of range
 */
export function ldpcDecode(
  code: LdpcCode,
  bits: Uint8Array,
  syndrome: Uint8Array,
  qber: number,
  { maximumIterations = DEFAULT_MAXIMUM_ITERATIONS }: LdpcDecodeOptions = {},
): LdpcDecoded {
  requireBlock(code, bits);
  if (!isPackedBits(syndrome, code.checks))
    throw new QsecError("bad_option", `A syndrome of this code has ${code.checks} bits, packed.`);
  if (!(qber >= 0 && qber < 0.5))
    throw new QsecError("bad_option", "An error rate to decode with is from 0 to below 0.5.");
  if (!Number.isInteger(maximumIterations) || maximumIterations < 1)
    throw new QsecError("bad_option", "The number of iterations must be a whole number above 0.");

  const block = unpackBits(bits, liftedLength(code));
  const wanted = checkParities(code, block);
  const told = unpackBits(syndrome, code.checks);
  for (let check = 0; check < wanted.length; check++) wanted[check] ^= told[check];
  const { ok, iterations, ratios } = findErrors(code, wanted, Math.max(qber, QBER_FLOOR), maximumIterations);
  for (let i = 0; i < code.length; i++) if (ratios[i] < 0) block[i] ^= 1;
  const corrected = ok ? packBits(block, code.length) : null;
  for (const secret of [block, wanted, told, ratios]) secret.fill(0);
  return corrected === null ? { ok: false, iterations } : { ok: true, bits: corrected, iterations };
}

/** Ratios whose negative ones are the errors; `ok` when these have the wanted syndrome. */
function findErrors(code: LdpcCode, wanted: Uint8Array, qber: number, maximumIterations: number) {
  const ratios = new Int16Array(liftedLength(code));
  ratios.fill(Math.round(RATIO_STEPS * Math.log((1 - qber) / qber)), 0, code.length);
  ratios.fill(KNOWN_RATIO, code.length);
  const messages = new Int16Array(code.positions.length);
  let ok = false;
  let iterations = 0;
  while (!ok && iterations < maximumIterations) {
    iterations++;
    ok = sweep(code, wanted, ratios, messages) === 0 && hasSyndrome(code, ratios, wanted);
  }
  messages.fill(0);
  return { ok, iterations, ratios };
}

/**
 * Every check once: takes back what it said last, and says anew what follows from the other bits.
 * @param messages what each check has told each bit; while a check is at work, the ratios without it
 * @returns how many checks were not satisfied when it was their turn
 */
function sweep(
  { rowDegrees, lift, positions }: LdpcCode,
  wanted: Uint8Array,
  ratios: Int16Array,
  messages: Int16Array,
): number {
  // Imported bindings are slow in an inner loop.
  const terms = TERMS;
  const table = RATIOS;
  const centre = TERMS_CENTRE;
  const signBits = SIGN_BITS;
  const mantissaShift = MANTISSA_SHIFT;
  let unsatisfied = 0;
  for (let row = 0, check = 0, start = 0; row < rowDegrees.length; row++) {
    const degree = rowDegrees[row];
    for (let i = 0; i < lift; i++, check++, start += degree) {
      const end = start + degree;
      let sum = wanted[check] | 0;
      let parity = sum;
      for (let edge = start; edge < end; edge++) {
        const ratio = ratios[positions[edge]];
        const others = (ratio - messages[edge]) | 0;
        parity ^= ratio >>> 31;
        messages[edge] = others;
        sum = (sum + terms[others + centre]) | 0;
      }
      unsatisfied += parity;
      for (let edge = start; edge < end; edge++) {
        const others = messages[edge];
        const rest = (sum - terms[others + centre]) | 0;
        const phi = rest >>> signBits;
        const exponent = Math.max(0, mantissaShift - Math.clz32(phi));
        const magnitude = table[(exponent << 5) + (phi >>> exponent)];
        const sign = -(rest & 1);
        const message = ((magnitude ^ sign) - sign) | 0;
        messages[edge] = message;
        ratios[positions[edge]] = others + message;
      }
    }
  }
  return unsatisfied;
}

function hasSyndrome(code: LdpcCode, ratios: Int16Array, wanted: Uint8Array): boolean {
  const errors = new Uint8Array(ratios.length);
  for (let i = 0; i < ratios.length; i++) errors[i] = ratios[i] >>> 31;
  const parities = checkParities(code, errors);
  errors.fill(0);
  let different = 0;
  for (let check = 0; check < parities.length; check++) different |= parities[check] ^ wanted[check];
  return different === 0;
}
