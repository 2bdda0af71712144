/** A remembered identity as bytes: seed[32] ‖ JSON of the pins. It never leaves the device and is sealed as a whole. */
import { concat, fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { Pin } from "../room/pins.js";
import type { RememberedIdentity } from "./identity-store.js";

const SEED_BYTES = 32;

export function encodeRemembered({ seed, pins }: RememberedIdentity): Uint8Array {
  return concat(seed, utf8(JSON.stringify(pins)));
}

/** @throws QsecError `store_failed` for anything else than {@link encodeRemembered} makes */
export function decodeRemembered(bytes: Uint8Array): RememberedIdentity {
  try {
    const pins: unknown = JSON.parse(fromUtf8(bytes.subarray(SEED_BYTES)));
    if (!Array.isArray(pins) || !pins.every(isPin)) throw new TypeError("These are no pins.");
    return { seed: bytes.slice(0, SEED_BYTES), pins };
  } catch (cause) {
    throw unreadable(cause);
  }
}

export function unreadable(cause: unknown): QsecError {
  const text =
    "What this device remembers of the room is not readable any more: forget the room to go on as a new member.";
  return new QsecError("store_failed", text, { cause });
}

function isPin(value: unknown): value is Pin {
  const { name, id, since, verified } = (value ?? {}) as Partial<Record<keyof Pin, unknown>>;
  return (
    typeof name === "string" && typeof id === "string" && typeof since === "number" && typeof verified === "boolean"
  );
}
