import { checkExpected, checkRoomName, QsecError, ROOM_MEMBERS_DEFAULT } from "@qsec2/sdk/wire";

/** The address of a room on this relay; without a secret the room compares emoji. */
export function roomAddress(visit: {
  readonly room: string;
  readonly username: string;
  readonly expected: number;
  readonly secret: string | null;
  readonly remember?: boolean;
}): string {
  const query = new URLSearchParams({ username: visit.username, expected: String(visit.expected) });
  if (visit.secret === null) query.set("admission", "verify");
  if (visit.remember === true) query.set("remember", "");
  return `/room/${encodeURIComponent(visit.room)}?${query}${visit.secret === null ? "" : `#${visit.secret}`}`;
}

/** What the address of a room page says. */
export interface Visit {
  readonly room: string;
  /** Null on an invite link: whoever opens one is asked for a name. */
  readonly username: string | null;
  readonly expected: number;
  readonly admission: (typeof ADMISSIONS)[number];
  /** From the fragment, or kept from before a reload. */
  readonly secret: string | null;
  /** This device is to remember who it is in the room. */
  readonly remember: boolean;
  /** The channel laboratory is open: the values below count. */
  readonly lab: boolean;
  readonly noise: number | null;
  readonly eve: number | null;
  readonly profile: string | null;
}

/** Not `open`: a link that somebody sends must not choose a room that a relay can sit in the middle of. */
const ADMISSIONS = ["link", "verify"] as const;

/**
 * @param kept - The secret that this entry of the history kept, for a page that was loaded again
 * @throws QsecError with a sentence for the person when the address is not one of a room
 */
export function readVisit(location: Pick<Location, "pathname" | "search" | "hash">, kept: string | null): Visit {
  const query = new URLSearchParams(location.search);
  const admission = query.get("admission") ?? "link";
  const known = ADMISSIONS.find((mode) => mode === admission);
  if (known === undefined)
    throw new QsecError("bad_option", "The address asks for a way of admission that this page does not offer.");
  const lab = query.has("lab");
  return {
    room: checkRoomName(roomIn(location.pathname)),
    username: query.get("username") || null,
    expected: query.has("expected") ? checkExpected(Number(query.get("expected"))) : ROOM_MEMBERS_DEFAULT,
    admission: known,
    secret: known === "link" ? location.hash.slice(1) || kept : null,
    remember: query.has("remember"),
    lab,
    noise: lab ? share(query.get("noise")) : null,
    eve: lab ? share(query.get("eve")) : null,
    profile: lab ? query.get("profile") : null,
  };
}

function roomIn(pathname: string): string {
  try {
    return decodeURIComponent(pathname.replace(/^.*\/room\//, "").replace(/\/$/, ""));
  } catch (cause) {
    throw new QsecError("bad_room", "The room ID in this address cannot be read.", { cause });
  }
}

/** A number from 0 to 1; anything else counts as not given. */
function share(text: string | null): number | null {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : null;
}
