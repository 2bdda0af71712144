/** A message to the room (protocol §8): signed inside, sealed with the sender's Chain. */
import { sign, SIGNATURE_BYTES, verify } from "../crypto/signature.js";
import { decodeManifest } from "../attachments/manifest.js";
import { decodeChatEvent } from "../chat/chat-event.js";
import type { Chain } from "../crypto/chain.js";
import { readPadded, sealPadded } from "../crypto/padded.js";
import { wipe } from "../crypto/wipe.js";
import { toBase64url } from "../wire/base64url.js";
import { concat, equalBytes, fromUtf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import { BODY_MAX, PROTOCOL_VERSION } from "../wire/limits.js";
import { Reader } from "../wire/reader.js";
import { u16, u32, u64, u8 } from "../wire/writer.js";
import { hasHistory } from "./epoch-commit.js";
import { KID_BYTES, type Epoch } from "./epoch.js";
import { decodePublished } from "./published.js";

/** What a body is. The relay cannot tell one from another. */
export const CONTENT_TYPE = { text: 1, file: 2, application: 3, control: 4, event: 5, published: 6 } as const;
export type ContentType = (typeof CONTENT_TYPE)[keyof typeof CONTENT_TYPE];

export interface Content {
  readonly type: ContentType;
  /** the sender's clock, milliseconds since 1970 */
  readonly ms: number;
  readonly body: Uint8Array;
}

/** In an epoch with history: what a message says of its place among those that are kept, under its signature. */
export interface Kept {
  /** Whether this message is to be kept. */
  readonly isKept: boolean;
  /** How many of its sender's messages before it in this epoch were. */
  readonly before: number;
}

export interface OpenedMessage extends Content {
  /** Null in an epoch without history. */
  readonly kept: Kept | null;
  /** the sender's place in the roster */
  readonly sender: number;
  readonly seq: number;
}

export interface GroupHeader {
  readonly bytes: Uint8Array;
  readonly kid: Uint8Array;
  readonly sender: number;
  readonly seq: number;
  readonly box: Uint8Array;
  /** What the relay says that published bytes are for, as their member must have said too; undefined for all else. */
  readonly claimed?: string;
}

/** ver ‖ 0x20 ‖ kid[8] ‖ u16 sender index ‖ u32 seq */
const HEADER_BYTES = 2 + KID_BYTES + 2 + 4;

function encodeHeader(kid: Uint8Array, sender: number, seq: number): Uint8Array {
  return concat(Uint8Array.of(PROTOCOL_VERSION, KIND.GROUP), kid, u16(sender), u32(seq));
}

/** @throws QsecError `DECODE`, `VERSION`, `KIND` */
export function decodeGroupFrame(frame: Uint8Array): GroupHeader {
  const reader = new Reader(frame);
  const bytes = reader.bytes(HEADER_BYTES);
  const box = reader.rest();
  const fields = new Reader(bytes);
  if (fields.u8() !== PROTOCOL_VERSION) throw new QsecError("VERSION", "A message is of another protocol version.");
  if (fields.u8() !== KIND.GROUP) throw new QsecError("KIND", "A frame is of another kind than its event allows.");
  return { bytes, kid: fields.bytes(KID_BYTES), sender: fields.u16(), seq: fields.u32(), box };
}

/** u8 kept ‖ u32 before */
const KEPT_BYTES = 1 + 4;

/**
 * What others can do without when they come back is not kept: who typed, who has read what. What members tell each other
 * about the room itself must not be: a new room secret would lie at the relay for whoever gets the epoch's key one day.
 */
export function isToBeKept(type: ContentType, body: Uint8Array, sender: Uint8Array): boolean {
  if (type === CONTENT_TYPE.text || type === CONTENT_TYPE.file) return true;
  if (type !== CONTENT_TYPE.event) return false;
  const op = decodeChatEvent(body, toBase64url(sender))?.op;
  return op !== "typing" && op !== "receipt";
}

/**
 * @throws QsecError `message_too_large` above 65 455 bytes of body, 65 450 in an epoch with history
 */
export async function sealGroupMessage(
  epoch: Epoch,
  seed: Uint8Array,
  { type, ms, body }: Content,
): Promise<{ frame: Uint8Array; seq: number; kept: Kept | null }> {
  const bodyMax = epoch.history ? BODY_MAX - KEPT_BYTES : BODY_MAX;
  if (body.length > bodyMax) {
    throw new QsecError(
      "message_too_large",
      `A message may have at most ${bodyMax} bytes here; split it into several.`,
    );
  }
  const chain = epoch.chain(epoch.ownIndex);
  if (chain === undefined)
    throw new QsecError("not_secured", "This session is not a member of the room's current epoch.");
  const isKept = epoch.history && isToBeKept(type, body, epoch.commit.roster[epoch.ownIndex].id);
  const kept = epoch.history ? { isKept, before: epoch.kept } : null;
  const content = concat(
    u8(type),
    u64(ms),
    u32(body.length),
    body,
    ...(kept === null ? [] : [u8(Number(isKept)), u32(kept.before)]),
  );
  // The signature covers the header, so the sequence number must be known before sealing: calls are serialised by the room.
  const seq = chain.next;
  const header = encodeHeader(epoch.kid, epoch.ownIndex, seq);
  const signing = concat(epoch.hash, header, content);
  const signed = concat(sign(seed, "message", signing), content);
  const sealed = await sealPadded(signed, (padded) => chain.seal(concat(epoch.hash, header), padded)).finally(() =>
    wipe(content, signing, signed),
  );
  if (isKept) epoch.kept++;
  return { frame: concat(header, sealed.box), seq, kept };
}

/**
 * Opens a frame of this epoch. A frame that is refused changes nothing.
 * @param only refuses any other content type with `KIND`
 * @throws QsecError `EPOCH`, `SENDER`, `SELF`, `REPLAY`, `GAP`, `DECRYPT`, `PADDING`, `BAD_SIG`, `DECODE`, `NOT_OWN`
 */
export async function openGroupMessage(epoch: Epoch, frame: GroupHeader, only?: ContentType): Promise<OpenedMessage> {
  const { sender } = frame;
  if (!equalBytes(frame.kid, epoch.kid)) throw new QsecError("EPOCH", "A message belongs to another epoch.");
  if (sender === epoch.ownIndex) throw new QsecError("SELF", "A message claims to be from this member.");
  const chain = epoch.chain(sender);
  if (chain === undefined) throw new QsecError("SENDER", "A message names a sender that is not in the roster.");
  return openWith(chain, epoch, frame, only);
}

/** The same with a Chain of the sender's that is given; a frame of this member's own opens too. */
export async function openWith(
  chain: Chain,
  epoch: Pick<Epoch, "hash" | "commit">,
  { sender, seq, bytes: header, box, claimed }: GroupHeader,
  only?: ContentType,
): Promise<OpenedMessage> {
  const entry = epoch.commit.roster[sender];
  const content = await chain.open(seq, concat(epoch.hash, header), box, (padded) =>
    readPadded(padded, (plaintext) => {
      if (plaintext.length < SIGNATURE_BYTES) throw new QsecError("DECODE", "A message ends before its content.");
      const signed = plaintext.subarray(SIGNATURE_BYTES);
      const signing = concat(epoch.hash, header, signed);
      const isSigned = verify(entry.id, "message", signing, plaintext.slice(0, SIGNATURE_BYTES));
      wipe(signing);
      if (!isSigned) throw new QsecError("BAD_SIG", "A message is not signed by the member it claims to be from.");
      const decoded = decodeContent(signed, entry.id, hasHistory(epoch.commit));
      if (only !== undefined && decoded.type !== only)
        throw new QsecError("KIND", "A message is of another type than was asked for.");
      if (claimed !== undefined && decodePublished(decoded.body).type !== claimed)
        throw new QsecError(
          "KIND",
          "The relay says that published bytes are for something else than their member did.",
        );
      return decoded;
    }),
  );
  return { ...content, sender, seq };
}

function decodeContent(bytes: Uint8Array, sender: Uint8Array, history: boolean): Content & Pick<OpenedMessage, "kept"> {
  const reader = new Reader(bytes);
  const type = reader.u8();
  if (!Object.values<number>(CONTENT_TYPE).includes(type))
    throw new QsecError("DECODE", "A message is of an unknown type.");
  const content = {
    type: type as ContentType,
    ms: reader.time(),
    body: reader.vec32(),
    kept: history ? readKept(reader) : null,
  };
  reader.end();
  if (content.type === CONTENT_TYPE.text) decodeText(content.body);
  if (content.type === CONTENT_TYPE.control) wipeControl(decodeControl(content.body));
  if (content.type === CONTENT_TYPE.file) decodeManifest(content.body);
  if (content.type === CONTENT_TYPE.event) decodeChatEvent(content.body, toBase64url(sender));
  if (content.type === CONTENT_TYPE.published) decodePublished(content.body);
  return content;
}

function readKept(reader: Reader): Kept {
  const isKept = reader.u8();
  if (isKept > 1) throw new QsecError("DECODE", "A message does not say whether it is to be kept.");
  return { isKept: isKept === 1, before: reader.u32() };
}

/** @throws QsecError `DECODE` */
export function decodeText(body: Uint8Array): string {
  try {
    return fromUtf8(body);
  } catch (cause) {
    throw new QsecError("DECODE", "A text message is not UTF-8.", { cause });
  }
}

/** What members tell each other about the room itself: u8 op ‖ data. */
export type Control =
  | { readonly op: "bye" }
  | { readonly op: "yield"; readonly id: Uint8Array }
  /** The room secret that holds from now on, 32 bytes. */
  | { readonly op: "rotate"; readonly secret: Uint8Array };

const OP = { bye: 1, yield: 2, rotate: 3 } as const;

export function encodeControl(control: Control): Uint8Array {
  if (control.op === "bye") return u8(OP.bye);
  return control.op === "yield" ? concat(u8(OP.yield), control.id) : concat(u8(OP.rotate), control.secret);
}

/** Zeroes the secret that a control message may carry. */
export function wipeControl(control: Control): void {
  if (control.op === "rotate") wipe(control.secret);
}

/** @throws QsecError `DECODE` */
export function decodeControl(body: Uint8Array): Control {
  const reader = new Reader(body);
  const op = reader.u8();
  const control = readControl(op, reader);
  reader.end();
  return control;
}

function readControl(op: number, reader: Reader): Control {
  switch (op) {
    case OP.bye:
      return { op: "bye" };
    case OP.yield:
      return { op: "yield", id: reader.bytes(32) };
    case OP.rotate:
      return { op: "rotate", secret: reader.bytes(32) };
    default:
      throw new QsecError("DECODE", "A control message has an unknown operation.");
  }
}
