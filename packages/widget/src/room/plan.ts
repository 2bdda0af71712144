import type { Admission, OpenSessionOptions } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";

/** Attributes that make another session when they change. */
export const IDENTITY = ["relay", "room", "username", "secret", "admission", "remember", "approve", "history"] as const;

/** Attributes that are read when a session is made; a change of one is worth a new attempt only where the last failed. */
export const DETAILS = ["expected", "profile", "lab", "noise", "eve", "shareHistory"] as const;

/** What the attributes of `<qsec-room>` say, as they stand. */
export interface RoomSettings {
  readonly relay: string;
  readonly room: string;
  readonly username: string;
  readonly expected: number;
  readonly secret: string;
  readonly admission: string;
  readonly lab: boolean;
  readonly noise: number | null;
  readonly eve: number | null;
  readonly profile: string;
  readonly remember: boolean;
  readonly approve: boolean;
  readonly history: boolean;
  readonly shareHistory: boolean;
}

export type SetupProblem = keyof Words["setup"];
export type Plan = { readonly options: OpenSessionOptions } | { readonly problem: SetupProblem };

const ADMISSIONS: readonly string[] = ["link", "verify", "open"] satisfies Admission[];
const PROFILES = ["golay", "ldpc", "classic"] as const;

/**
 * The options of a session for these settings, or what stands in the way. Rules that the session itself checks, such
 * as the characters of a name, are left to it. The simulated channel can be changed in the laboratory only.
 */
export function planSession(settings: RoomSettings, hasCryptography: boolean): Plan {
  const { relay, room, username, expected, secret, lab } = settings;
  const admission = settings.admission === "" ? "link" : settings.admission;
  const problem = (key: SetupProblem): Plan => ({ problem: key });
  if (!hasCryptography) return problem("insecure");
  if (relay === "") return problem("relay");
  if (room === "") return problem("room");
  if (username === "") return problem("username");
  if (!ADMISSIONS.includes(admission)) return problem("admission");
  if (admission === "link" && secret === "") return problem("secret");
  if (admission !== "link" && secret !== "") return problem("secretUnused");
  const profile = PROFILES.find((name) => name === settings.profile);
  if (settings.profile !== "" && profile === undefined) return problem("profile");
  const channel = {
    ...(lab && settings.noise !== null ? { noise: settings.noise } : {}),
    ...(lab && settings.eve !== null ? { eve: settings.eve } : {}),
  };
  return {
    options: {
      relay,
      room,
      username,
      expected,
      admission: admission as Admission,
      ...(admission === "link" ? { secret } : {}),
      ...(profile === undefined ? {} : { profile }),
      ...(settings.approve ? { approve: true } : {}),
      ...(settings.history ? { history: true, shareHistory: settings.shareHistory } : {}),
      ...(settings.remember ? { remember: true } : {}),
      ...(Object.keys(channel).length === 0 ? {} : { channel }),
    },
  };
}
