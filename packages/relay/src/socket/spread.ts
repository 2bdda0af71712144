import type { UserList } from "@qsec2/sdk/wire";
import type { Soon } from "../soon.js";

/** How what one socket says reaches the sockets of others. */
export interface Spread {
  /** Tells a room who is in it. Of two lists the one with the higher version counts, in whatever order they arrive. */
  list(channel: string, list: UserList, version: number): void;
  /**
   * When everything that was emitted so far will reach its receivers even if this process ends now: what is to be
   * acknowledged waits for it. At once where there is no other process.
   * @throws QsecError `draining` when that cannot be said
   */
  settled(): Soon<void>;
}

/** For one process, which has all sockets itself. */
export function localSpread(list: (channel: string, list: UserList) => void): Spread {
  return { list, settled: () => undefined };
}
