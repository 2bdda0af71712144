/**
 * The only place where JSON from outside becomes typed values. Each parser takes `unknown`, reads the fields it knows
 * into a new flat object and ignores the rest; what does not fit is a `QsecError`.
 */
import { fromBase64url } from "./base64url.js";
import { utf8 } from "./bytes.js";
import { QsecError, RELAY_ERROR_CODES, type RelayErrorCode } from "./errors.js";
import type {
  BB84Meta,
  BB84SessionReport,
  FetchRoomLogs,
  From,
  JoinRequest,
  MemberId,
  MessageDecrypted,
  PublicKeyEntry,
  Refusal,
  RelayMember,
  RingPosition,
  RoomKeyDecrypted,
  RoomKeyGenerated,
  RoomLogEntry,
  RoomLogs,
  To,
  Typed,
  UserList,
  Welcome,
} from "./events.js";
import { bad, fields, get, integer, list, text } from "./fields.js";
import {
  PLAIN_TEXT_MAX,
  PROTOCOL_VERSION,
  ROOM_LOG_PAGE_MAX,
  ROOM_MEMBERS_MAX,
  ROOM_MEMBERS_MIN,
  ROOM_NAME_MAX,
} from "./limits.js";
import { checkRoomName, checkUsername } from "./names.js";

const MEMBER_ID = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/; // 32 bytes: the last character carries four zero bits

const TYPE = /^[A-Za-z0-9._:-]{1,64}$/;

/** @throws QsecError `bad_id` */
export function parseMemberId(value: unknown): MemberId {
  if (typeof value !== "string" || !MEMBER_ID.test(value)) {
    throw new QsecError("bad_id", "A member id is the base64url text of a 32-byte public key (43 characters).");
  }
  return value;
}

/** @throws QsecError `unsupported_version`, `bad_room`, `bad_username`, `bad_id`, `bad_expected`, `bad_request` */
export function parseJoinRequest(value: unknown): JoinRequest {
  const object = fields(value);
  if (get(object, "version") !== PROTOCOL_VERSION) {
    throw new QsecError("unsupported_version", `This relay speaks version ${PROTOCOL_VERSION} of the QSEC2 protocol.`);
  }
  const expected = checkExpected(get(object, "expected"));
  const resume = get(object, "resume") === undefined ? undefined : text(object, "resume", 64);
  const ring = get(object, "ring");
  return {
    version: PROTOCOL_VERSION,
    room: checkRoomName(get(object, "room")),
    username: checkUsername(get(object, "username")),
    id: parseMemberId(get(object, "id")),
    expected,
    ...(get(object, "plaintext") === true ? { plaintext: true } : {}),
    ...(resume === undefined ? {} : { resume }),
    ...(ring === undefined ? {} : { ring: parsePosition(ring) }),
  };
}

function parsePosition(value: unknown): RingPosition {
  const object = fields(value);
  return { epoch: text(object, "epoch", 64), seq: integer(object, "seq", 0, Number.MAX_SAFE_INTEGER) };
}

/** @throws QsecError `bad_expected` unless it is an integer from 2 to 64. */
export function checkExpected(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < ROOM_MEMBERS_MIN || value > ROOM_MEMBERS_MAX) {
    throw new QsecError(
      "bad_expected",
      `The expected number of people is a whole number from ${ROOM_MEMBERS_MIN} to ${ROOM_MEMBERS_MAX}.`,
    );
  }
  return value;
}

/** Checks the header of what is for one member. */
export function parseTo(value: unknown): To {
  return { to: parseMemberId(get(fields(value), "to")) };
}

/** Checks the header of what is for all or for one member. */
export function parseOptionalTo(value: unknown): Partial<To> {
  const to = get(fields(value), "to");
  return to === undefined ? {} : { to: parseMemberId(to) };
}

/** Checks the header of what comes from a member. */
export function parseFrom(value: unknown): From {
  const object = fields(value);
  const from = parseMemberId(get(object, "from"));
  return get(object, "seq") === undefined
    ? { from }
    : { from, seq: integer(object, "seq", 0, Number.MAX_SAFE_INTEGER) };
}

/** What kind of bytes an application has passed on: a short word. @throws QsecError `bad_request` */
export function parseType(value: unknown): Typed {
  const type = get(fields(value), "type");
  if (typeof type !== "string" || !TYPE.test(type))
    throw bad("the type of what is passed on is 1 to 64 letters, digits, dots, colons, hyphens or underscores");
  return { type };
}

/**
 * The bytes of a frame that came as text.
 * @param max largest number of bytes
 * @throws QsecError `frame_malformed`, `frame_too_large`
 */
export function parseFrame(value: unknown, max: number): Uint8Array {
  if (typeof value !== "string" || value.length === 0)
    throw new QsecError("frame_malformed", "A frame is base64url text.");
  if (value.length > Math.ceil((max * 4) / 3))
    throw new QsecError("frame_too_large", `A frame of this kind has at most ${max} bytes.`);
  return fromBase64url(value);
}

/** The text of a message that is not encrypted: 1 to 4096 bytes of UTF-8. @throws QsecError `bad_request` */
export function parsePlainText(value: unknown): string {
  if (typeof value !== "string" || value.length === 0 || /\p{Surrogate}/u.test(value)) throw bad("text was expected");
  if (value.length > PLAIN_TEXT_MAX || utf8(value).length > PLAIN_TEXT_MAX)
    throw bad(`a message that is not encrypted has at most ${PLAIN_TEXT_MAX} bytes`);
  return value;
}

/** Checks a `bb84_meta`. */
export function parseBB84Meta(value: unknown): BB84Meta {
  const object = fields(value);
  return { to: parseMemberId(get(object, "to")), matched: integer(object, "matched", 0, 65_536) };
}

/** Checks a `bb84_session`. */
export function parseBB84Session(value: unknown): BB84SessionReport {
  const object = fields(value);
  return {
    to: parseMemberId(get(object, "to")),
    code: integer(object, "code", 0, 19),
    qber_ppm: integer(object, "qber_ppm", 0, 1_000_000),
  };
}

/** Checks a `roomkey_generated`. */
export function parseRoomKeyGenerated(value: unknown): RoomKeyGenerated {
  const object = fields(value);
  integer(object, "size", 32, 32);
  return { size: 32, kc: parseMemberId(get(object, "kc")) }; // 32 bytes of base64url, as an id is
}

/** Checks a `roomkey_decrypted`. */
export function parseRoomKeyDecrypted(value: unknown): RoomKeyDecrypted {
  integer(fields(value), "size", 32, 32);
  return { size: 32 };
}

/** Checks a `msg_decrypted`. */
export function parseMessageDecrypted(value: unknown): MessageDecrypted {
  integer(fields(value), "iv", 12, 12);
  return { iv: 12 };
}

/** Checks a `fetch_room_logs`. */
export function parseFetchRoomLogs(value: unknown): Required<FetchRoomLogs> {
  const object = fields(value);
  return { since: get(object, "since") === undefined ? 0 : integer(object, "since", 0, Number.MAX_SAFE_INTEGER) };
}

function parseMember(value: unknown): RelayMember {
  const object = fields(value);
  // A name from the relay is a hint that is shown as text; it is checked as strictly as one that was typed.
  return {
    id: parseMemberId(get(object, "id")),
    username: checkUsername(get(object, "username")),
    online: get(object, "online") === true,
  };
}

/** Checks a `user_list`. */
export function parseUserList(value: unknown): UserList {
  const object = fields(value);
  const departed = get(object, "departed");
  return {
    members: list(object, "members", ROOM_MEMBERS_MAX, parseMember),
    leader: parseMemberId(get(object, "leader")),
    expected: checkExpected(get(object, "expected")),
    ...(departed === undefined ? {} : { departed: parseMemberId(departed) }),
  };
}

/** Checks a `pubkeys`. */
export function parsePublicKeys(value: unknown): readonly PublicKeyEntry[] {
  return list(fields(value), "entries", ROOM_MEMBERS_MAX, (entry) => {
    const object = fields(entry);
    return { from: parseMemberId(get(object, "from")), frame: text(object, "frame") };
  });
}

/** Checks a `room_logs`. */
export function parseRoomLogs(value: unknown): RoomLogs {
  const entries = list(fields(value), "entries", ROOM_LOG_PAGE_MAX, (entry): RoomLogEntry => {
    const object = fields(entry);
    return {
      id: integer(object, "id", 0, Number.MAX_SAFE_INTEGER),
      message: text(object, "message"),
      created_at: text(object, "created_at", 40),
    };
  });
  return { entries };
}

/** Checks a refusal of the relay. */
export function parseRefusal(value: unknown): Refusal {
  const object = fields(value);
  const code = get(object, "code");
  return {
    ok: false,
    code: RELAY_ERROR_CODES.includes(code as RelayErrorCode) ? (code as RelayErrorCode) : "internal",
    message: text(object, "message"),
  };
}

/** The answer to `join`. */
export function parseWelcome(value: unknown): Welcome | Refusal {
  const object = fields(value);
  if (get(object, "ok") !== true) return parseRefusal(object);
  const ring = get(object, "ring");
  return {
    ok: true,
    ...parseUserList(object),
    room: text(object, "room", ROOM_NAME_MAX),
    resume: text(object, "resume", 64),
    resumed: get(object, "resumed") === true,
    recovered: get(object, "recovered") === true,
    ...(ring === undefined ? {} : { ring: parsePosition(ring) }),
  };
}

/** The answer to anything else. */
export function parseReply(value: unknown): { readonly ok: true; readonly seq?: number } | Refusal {
  const object = fields(value);
  if (get(object, "ok") !== true) return parseRefusal(object);
  return get(object, "seq") === undefined
    ? { ok: true }
    : { ok: true, seq: integer(object, "seq", 0, Number.MAX_SAFE_INTEGER) };
}
