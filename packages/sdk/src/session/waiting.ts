import { QsecError } from "../wire/errors.js";

/** A promise that is settled from outside, once. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined); // whether anybody waits is not known; an unheard rejection must not end a process
  return { promise, resolve, reject };
}

/** The promise, or `aborted` as soon as the signal fires. @throws QsecError `aborted` with the signal's reason as cause */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = () => new QsecError("aborted", "The operation was aborted.", { cause: signal.reason });
  if (signal.aborted) {
    promise.catch(() => undefined); // nobody waits for it any more; an unheard rejection must not end a process
    throw aborted();
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(aborted());
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
