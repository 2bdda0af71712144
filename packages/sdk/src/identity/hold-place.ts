import { QsecError } from "../wire/errors.js";
import type { IdentityPlace, IdentityStore } from "./identity-store.js";

/** How long to wait for a session that is about to end, milliseconds: a farewell takes up to a second and a half. */
export const PATIENCE = 3_000;

/**
 * Takes a place for this session alone.
 * @param patience milliseconds
 * @throws QsecError `identity_in_use`, `store_failed`
 */
export async function holdPlace(store: IdentityStore, place: IdentityPlace, patience: number): Promise<() => void> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  try {
    return await store.lock(place, waiting.signal);
  } catch (cause) {
    if (!waiting.signal.aborted)
      throw new QsecError("store_failed", "This device could not take the room for this session.", { cause });
    throw new QsecError(
      "identity_in_use",
      "This room is open in another tab or window of this browser. Go on there, or close it first.",
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
