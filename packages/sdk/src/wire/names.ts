import { concat, fromUtf8, utf8 } from "./bytes.js";
import { QsecError } from "./errors.js";
import { ROOM_NAME_MAX, USERNAME_BYTES_MAX } from "./limits.js";

const NAME_BYTES = 64;
/**
 * Letters and digits of any script, and `_ - .`; so no spaces, controls or bidi marks, and nothing else that is not seen:
 * fillers, variation selectors. Each with as many combining marks as a script needs: more of them, one upon the other,
 * would cover what stands above the name.
 */
const USERNAME = /^(?!.*\p{DI})(?:[\p{L}\p{N}_.-]\p{M}{0,7})+$/u;
const ROOM = /^[A-Za-z0-9_.-]+$/;

/**
 * The form of a username that is compared: two names with the same fold are the same name.
 * NFKC and lower case, so that "Ａlice" and "alice" cannot sit in one room.
 */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase().normalize("NFKC");
}

/** @throws QsecError `bad_username` with the rule in words. Returns the NFC form, which is what travels. */
export function checkUsername(name: unknown): string {
  if (typeof name !== "string" || name.length === 0) throw new QsecError("bad_username", "A username is needed.");
  const normal = name.normalize("NFC");
  if (utf8(normal).length > USERNAME_BYTES_MAX) {
    throw new QsecError(
      "bad_username",
      `A username may take at most ${USERNAME_BYTES_MAX} bytes (as many plain letters, fewer of other scripts).`,
    );
  }
  if (!USERNAME.test(normal) || !USERNAME.test(normal.normalize("NFKC"))) {
    throw new QsecError("bad_username", "A username may have letters, digits, '_', '-' and '.', without spaces.");
  }
  return normal;
}

/** @throws QsecError `bad_room` with the rule in words. */
export function checkRoomName(room: unknown): string {
  if (typeof room !== "string" || room.length === 0) throw new QsecError("bad_room", "A room ID is needed.");
  if (room.length > ROOM_NAME_MAX)
    throw new QsecError("bad_room", `A room ID may have at most ${ROOM_NAME_MAX} characters.`);
  // A dot-only name would be eaten as a path segment by browsers and proxies.
  if (!ROOM.test(room) || /^\.+$/.test(room)) {
    throw new QsecError("bad_room", "A room ID may have the letters A to Z, digits, '_', '-' and '.', without spaces.");
  }
  return room;
}

/** name64(s) = u8(n) ‖ UTF-8(NFC(s)) ‖ zeros, 64 bytes in all. */
export function encodeName64(name: string): Uint8Array {
  const text = utf8(checkUsername(name));
  return concat(Uint8Array.of(text.length), text, new Uint8Array(NAME_BYTES - 1 - text.length));
}

/** @throws QsecError `NAME` when the length, the padding, the encoding or the characters are not as they must be. */
export function decodeName64(bytes: Uint8Array): string {
  const length = bytes[0] ?? 0;
  const bad = (cause?: unknown) => new QsecError("NAME", "A member's name is not a valid name.", { cause });
  if (bytes.length !== NAME_BYTES || length < 1 || length > USERNAME_BYTES_MAX) throw bad();
  for (let i = 1 + length; i < NAME_BYTES; i++) if (bytes[i] !== 0) throw bad();
  let name: string;
  try {
    name = fromUtf8(bytes.subarray(1, 1 + length));
    if (checkUsername(name) !== name) throw bad();
  } catch (cause) {
    throw cause instanceof QsecError && cause.code === "NAME" ? cause : bad(cause);
  }
  return name;
}
