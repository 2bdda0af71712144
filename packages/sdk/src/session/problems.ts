import { QsecError } from "../wire/errors.js";
import type { Refusal } from "../wire/events.js";

/** A refusal of the relay as an error. */
export function refused({ code, message }: Refusal): QsecError {
  return new QsecError(code, message);
}

export function destroyed(): QsecError {
  return new QsecError("destroyed", "This session is over; make a new one to join again.");
}

/** Whatever failed as the one error type. */
export function asQsecError(error: unknown): QsecError {
  return error instanceof QsecError
    ? error
    : new QsecError("internal", "Something failed inside the session.", { cause: error });
}
