/** What memory answers at once and another process after a while. */
export type Soon<T> = T | Promise<T>;

/**
 * Goes on with a value: at once when it is there. An `await` would give way to everything else first, also where nothing
 * is waited for, and the way of a message through one process would be the longer for it.
 */
export function whenThere<T, R>(value: Soon<T>, use: (value: T) => Soon<R>): Soon<R> {
  return value instanceof Promise ? value.then(use) : use(value);
}
