import {
  ANNOUNCE_BYTES,
  BB84_FRAME_MAX,
  DIRECT_FRAME_MAX,
  EVENT_KINDS,
  fromBase64url,
  GROUP_FRAME_MAX,
  PROTOCOL_VERSION,
  QsecError,
  SHARE_FRAME_MAX,
  type Kind,
  type SealedEvent,
} from "@qsec2/sdk/wire";

const FRAME_MAX = {
  bb84_relay: BB84_FRAME_MAX,
  roomkey_share: SHARE_FRAME_MAX,
  encrypted_message: DIRECT_FRAME_MAX,
  group_message: GROUP_FRAME_MAX,
  store_encrypted: GROUP_FRAME_MAX,
  relay: GROUP_FRAME_MAX,
} as const satisfies Record<SealedEvent, number>;

const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** The last character of a text whose length is 2 or 3 above a multiple of four has two or four unused bits: zeros. */
const LAST_OF_2 = /[AQgw]$/;
const LAST_OF_3 = /[AEIMQUYcgkosw048]$/;

/** A frame that may be passed on, still as text: what the relay does not need it does not decode. */
export interface CheckedFrame {
  readonly text: string;
  readonly kind: Kind;
  /** Of the frame, not of its text. */
  readonly bytes: number;
}

/** @throws QsecError `frame_malformed`, `frame_too_large` */
export function checkFrame(event: SealedEvent, value: unknown): CheckedFrame {
  const text = checkText(value, FRAME_MAX[event]);
  const [version, kind] = firstBytes(text);
  if (version !== PROTOCOL_VERSION) throw malformed(`A frame begins with the version ${PROTOCOL_VERSION}.`);
  const kinds: readonly Kind[] = EVENT_KINDS[event];
  if (!kinds.includes(kind as Kind)) throw malformed(`A frame of this kind does not travel on ${event}.`);
  return { text, kind: kind as Kind, bytes: byteLength(text) };
}

/** @throws QsecError `frame_malformed`, `frame_too_large` */
export function checkAnnounce(value: unknown): string {
  const text = checkText(value, ANNOUNCE_BYTES);
  if (byteLength(text) !== ANNOUNCE_BYTES || firstBytes(text)[0] !== PROTOCOL_VERSION) {
    throw malformed(`An announce has ${ANNOUNCE_BYTES} bytes and begins with the version ${PROTOCOL_VERSION}.`);
  }
  return text;
}

/** Canonical unpadded base64url of at most `max` bytes, found out without decoding it. */
function checkText(value: unknown, max: number): string {
  if (typeof value !== "string") throw malformed("A frame is base64url text.");
  // First the length: a huge text is not worth a look at its characters.
  if (byteLength(value) > max)
    throw new QsecError("frame_too_large", `A frame of this event has at most ${max} bytes.`);
  const rest = value.length % 4;
  const canonical = rest === 0 || (rest === 2 && LAST_OF_2.test(value)) || (rest === 3 && LAST_OF_3.test(value));
  if (value.length < 4 || !canonical || !BASE64URL.test(value)) {
    throw malformed("A frame is canonical base64url text without padding.");
  }
  return value;
}

function firstBytes(text: string): Uint8Array {
  return fromBase64url(text.slice(0, 4));
}

function byteLength(text: string): number {
  return Math.floor((text.length * 3) / 4);
}

function malformed(message: string): QsecError {
  return new QsecError("frame_malformed", message);
}
