import { QsecError } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import type { Effects } from "./effects.js";
import type { Peer } from "./peer.js";

/** Runs what handles bytes from outside: what refuses them becomes a `security` event, a bug of ours goes on as it is. */
export async function refusing(effects: Effects, peer: Peer | null, handle: () => void | Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    if (!(error instanceof QsecError)) throw error;
    alarm(effects, peer, error);
  }
}
