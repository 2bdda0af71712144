import { QsecError } from "../wire/errors.js";
import { MODE, type Admission } from "../wire/kinds.js";
import { checkRoomName } from "../wire/names.js";
import { checkExpected } from "../wire/schemas.js";
import { decodeRoomSecret } from "./room-secret.js";
import { toBase64url } from "../wire/base64url.js";

/** What an invite link says. */
export interface Invite {
  /** Room ID. */
  readonly room: string;
  /** How many people the room is for, 2 to 64. */
  readonly expected?: number;
  /** 43 base64url characters; absent in `verify` and `open` rooms. */
  readonly secret?: string;
  /** How peers are admitted where it is not by the secret. @default "link" */
  readonly admission?: Admission;
}

/**
 * `<page>/room/<room>?expected=N#<secret>`, with `&admission=…` where it is not "link". The secret is in the fragment,
 * which browsers never send to a server.
 * @param page the address under which the page serves `/room/<id>`, for instance `https://chat.example`
 */
export function createInvite(page: string, { room, expected, secret, admission = "link" }: Invite): string {
  const query = new URLSearchParams();
  if (expected !== undefined) query.set("expected", String(expected));
  if (admission !== "link") query.set("admission", admission);
  const search = query.size === 0 ? "" : `?${query}`;
  const fragment = secret === undefined ? "" : `#${secret}`;
  return `${page.replace(/\/+$/, "")}/room/${encodeURIComponent(room)}${search}${fragment}`;
}

/**
 * Takes an invite link apart.
 * @throws QsecError `bad_room`, `bad_expected`, `bad_secret`, `bad_option` with the part that is wrong
 * @example
 * const { room, expected, secret, admission } = parseInvite(location.href);
 * const session = new QsecSession({ relay, room, expected, secret, admission, username });
 */
export function parseInvite(text: string): Invite {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    // The cause would quote the link, and with it the secret.
    throw new QsecError("bad_room", "This is not an invite link.");
  }
  const path = /\/room\/([^/]+)\/?$/.exec(url.pathname);
  if (path === null) throw new QsecError("bad_room", "This link does not lead to a room.");
  const room = checkRoomName(decodePathSegment(path[1]));
  const expected = url.searchParams.get("expected");
  const secret = url.hash.slice(1);
  const admission = checkAdmission(url.searchParams.get("admission") ?? "link");
  return {
    room,
    ...(expected === null ? {} : { expected: checkExpected(Number(expected)) }),
    ...(secret === "" ? {} : { secret: toBase64url(decodeRoomSecret(secret)) }),
    ...(admission === "link" ? {} : { admission }),
  };
}

function checkAdmission(text: string): Admission {
  if (!Object.hasOwn(MODE, text))
    throw new QsecError("bad_option", "This link asks for a way of admission that does not exist.");
  return text as Admission;
}

function decodePathSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new QsecError("bad_room", "The room ID in this link is broken.", { cause });
  }
}
