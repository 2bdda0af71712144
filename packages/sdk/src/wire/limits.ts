/** Sizes and counts that both ends of the wire hold to. Bytes unless the name says otherwise. */

export const PROTOCOL_VERSION = 1;

/** u8 ver ‖ u8 mode ‖ id[32] ‖ ek[1216] ‖ c[32] = 2 + 32 + 1216 + 32 */
export const ANNOUNCE_BYTES = 1282;
/** Bytes of a handshake frame, at most. */
export const BB84_FRAME_MAX = 32 * 1024;
/** Bytes of a frame with a room key, at most. */
export const SHARE_FRAME_MAX = 256 * 1024;
/** 64 KiB of padded content and the header, tag and slack of a session record. */
export const DIRECT_FRAME_MAX = 64 * 1024 + 64;
/** 16 header + 65 536 padded + 16 tag: the largest group frame. */
export const GROUP_FRAME_MAX = 65_568;
/** The largest body of one group message: a 64 KiB bucket less length, signature, type, time and body length. */
export const BODY_MAX = 65_455;
/** The latest time that a date can hold, milliseconds since 1970 (ECMA-262, Time Values). */
export const TIME_MAX = 8.64e15;

/** How many people a room is for at the least. */
export const ROOM_MEMBERS_MIN = 2;
/** How many people a room can be for. */
export const ROOM_MEMBERS_MAX = 64;
/** How many people a room is for where nobody says. */
export const ROOM_MEMBERS_DEFAULT = 2;
/** What the relay calls a room; characters. */
export const ROOM_NAME_MAX = 64;
/** name64 holds one length byte and at most 63 bytes of UTF-8. */
export const USERNAME_BYTES_MAX = 63;
/** Lines of the room's log in one answer, at most. */
export const ROOM_LOG_PAGE_MAX = 200;
/** The largest message that is not encrypted, bytes of UTF-8; both the relay and every client must allow them. */
export const PLAIN_TEXT_MAX = 4096;
/** A page of a room's history has at most so many messages, and so many bytes of frames unless one frame alone has more. */
export const HISTORY_PAGE_MAX = 200;
/** Bytes of frames in one page of history, at most. */
export const HISTORY_PAGE_BYTES = 256 * 1024;

/** A sealed file travels in parts of this size; the last one may be shorter. */
export const BLOB_PART_BYTES = 256 * 1024;
/** 16 GiB in parts: the bitmap of the parts that are there stays below 8 KiB. */
export const BLOB_PARTS_MAX = 65_536;
