import { QsecError } from "../wire/errors.js";

/** @throws QsecError `aborted`, with the signal's reason as cause */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw signal.reason instanceof QsecError
    ? signal.reason
    : new QsecError("aborted", "The transfer was stopped.", { cause: signal.reason });
}

/** A controller that is aborted with the signal too. `release` lets go of the signal. */
export function linkedController(signal: AbortSignal | undefined): {
  controller: AbortController;
  release: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return { controller, release: () => signal?.removeEventListener("abort", abort) };
}
