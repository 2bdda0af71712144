import { createRoomSecret, parseInvite } from "@qsec2/sdk";
import { checkExpected, checkRoomName, checkUsername, QsecError } from "@qsec2/sdk/wire";
import { roomAddress } from "./room-address.js";

/** What stands in the form. `expected` is text, as typed. */
export interface LandingFields {
  readonly room: string;
  readonly username: string;
  readonly expected: string;
  /** *Compare emoji instead*: no room secret. */
  readonly compare: boolean;
  /** *Remember me*: be the same member of this room each time on this device. */
  readonly remember: boolean;
}

export type FieldName = "room" | "username" | "expected";
export type FieldErrors = Partial<Record<FieldName, string>>;

/** An invite link taken apart. */
export interface Invite {
  readonly room: string;
  readonly expected: number | null;
  readonly secret: string | null;
  readonly compare: boolean;
}

/** True for a text that is an address and not a room ID. */
export function looksLikeInvite(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}

/** @throws QsecError with a sentence for the person when the link is for another relay, not whole, or no invite at all. */
export function readInvite(text: string, origin: string): Invite {
  const invite = parseInvite(text.trim());
  const url = new URL(text.trim());
  if (url.origin !== origin) {
    throw new QsecError("bad_request", `This invite is for ${url.host}. Open the link itself to join there.`);
  }
  const compare = invite.admission === "verify";
  if (invite.secret === undefined && !compare) {
    throw new QsecError(
      "bad_secret",
      "This link has lost its end: the part after # is missing. Ask for the whole invite link.",
    );
  }
  return { room: invite.room, expected: invite.expected ?? null, secret: invite.secret ?? null, compare };
}

/**
 * Where the form leads, or what is wrong with it, in words. Without an invite a new room secret is made, except when
 * emoji are to be compared.
 */
export function planVisit(
  fields: LandingFields,
  invite: Invite | null,
  makeSecret: () => string = createRoomSecret,
): { readonly address: string } | { readonly errors: FieldErrors } {
  const errors: FieldErrors = {};
  const check = <T>(name: FieldName, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      errors[name] = error.message;
      return undefined;
    }
  };
  const room = check("room", () => checkRoomName(fields.room.trim()));
  const username = check("username", () => checkUsername(fields.username.trim()));
  const expected = check("expected", () =>
    checkExpected(fields.expected.trim() === "" ? Number.NaN : Number(fields.expected)),
  );
  if (room === undefined || username === undefined || expected === undefined) return { errors };
  const secret = fields.compare ? null : (invite?.secret ?? makeSecret());
  return { address: roomAddress({ room, username, expected, secret, remember: fields.remember }) };
}
