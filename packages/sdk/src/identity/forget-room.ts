import { checkRoomName } from "../wire/names.js";
import { holdPlace, PATIENCE } from "./hold-place.js";
import { ADMISSIONS } from "./identity-store.js";
import { indexedDbIdentities } from "./indexed-db-identities.js";
import type { OpenIdentityOptions } from "./open-identity.js";

/** What else is forgotten with a room. */
export interface ForgetRoomOptions extends Pick<OpenIdentityOptions, "identityStore" | "patience"> {
  /** Other memories of the room that go with it. */
  readonly also?: readonly ((room: string) => Promise<void>)[];
}

/**
 * Deletes what this device remembers of a room: who it was there, in every mode, and whom it met.
 * @throws QsecError `identity_in_use` while a session has the room, `store_failed`, `bad_option`, `bad_room`
 */
export async function forgetRoom(name: string, options: ForgetRoomOptions = {}): Promise<void> {
  const { patience = PATIENCE, also = [] } = options;
  const room = checkRoomName(name);
  const store = options.identityStore ?? indexedDbIdentities();
  const held: (() => void)[] = [];
  try {
    for (const admission of ADMISSIONS) held.push(await holdPlace(store, { room, admission }, patience));
    for (const admission of ADMISSIONS) await store.remove({ room, admission });
    for (const forget of also) await forget(room);
  } finally {
    for (const release of held) release();
  }
}
