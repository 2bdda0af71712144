import { QsecError } from "../../wire/errors.js";
import { bytesForBits, isPackedBits } from "../bits.js";
import { baseSize, LDPC_CODES } from "./base-matrix.js";
import { ldpcCode, ldpcSyndrome, type LdpcCode } from "./code.js";
import { LIFTS } from "./lifts.js";
import type { LdpcPlan } from "./plan.js";

const HEAD_BYTES = 2;

/** u8 code ‖ u8 index of the lifting size ‖ the syndrome, packed. */
export function encodeSyndromeMessage({ code: name }: LdpcPlan, bits: Uint8Array): Uint8Array {
  const syndrome = ldpcSyndrome(ldpcCode(name), bits);
  const message = new Uint8Array(HEAD_BYTES + syndrome.length);
  message.set([name.index, LIFTS.indexOf(name.lift)]);
  message.set(syndrome, HEAD_BYTES);
  return message;
}

/**
 * Reads the start of a message; what follows the syndrome is `rest`.
 * @param length bits of the block that it must be about
 * @throws QsecError `DECODE` for a code that does not exist or is too short, or a syndrome that is not there as a whole
 */
export function decodeSyndromeMessage(
  message: Uint8Array,
  length: number,
): { readonly code: LdpcCode; readonly syndrome: Uint8Array; readonly rest: Uint8Array } {
  const lift = LIFTS[message[1]];
  if (message.length < HEAD_BYTES || message[0] >= LDPC_CODES || lift === undefined)
    throw new QsecError("DECODE", "A syndrome is of an unknown code.");
  const { rows, columns } = baseSize(message[0]);
  const end = HEAD_BYTES + bytesForBits(rows * lift);
  const syndrome = message.subarray(HEAD_BYTES, end);
  if (length > columns * lift || !isPackedBits(syndrome, rows * lift))
    throw new QsecError("DECODE", "A syndrome does not belong to this many bits.");
  return { code: ldpcCode({ index: message[0], lift, length }), syndrome, rest: message.subarray(end) };
}
