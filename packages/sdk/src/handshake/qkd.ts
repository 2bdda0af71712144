/** Keys of quantum hardware in a handshake (protocol §5.4): what mixes them in, and when a run goes on without. */
import { wipe } from "../crypto/wipe.js";
import { toBase64url } from "../wire/base64url.js";
import { fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";

/** Bytes of a key; also asked for as 256 bits. */
export const QKD_KEY_BYTES = 32;

/** Whom a key is shared with: the id is proven by now, the name is what the peer signed for itself. */
export interface QkdPeer {
  /** The peer's id, proven. */
  readonly id: MemberId;
  /** What the peer signed for itself. */
  readonly name: string;
}

/** A key that quantum hardware has delivered, with the name under which the other side gets the same. */
export interface QkdKey {
  /** What the peer finds the same key by, a UUID. Public: it goes to the peer inside the handshake. */
  readonly keyId: string;
  /** 32 bytes; whoever asked for the key owns them and wipes them. */
  readonly key: Uint8Array;
}

/** Where a device gets keys that quantum hardware has shared with a peer's. See `etsi014KeySource` of `@qsec2/sdk/qkd`. */
export interface QkdKeySource {
  /** A key that was never given out, or null where this peer has no equipment. Rejects when there is none to have. */
  fresh(peer: QkdPeer): Promise<QkdKey | null>;
  /** The key that the peer has taken under that id, 32 bytes. Rejects when there is none. */
  byId(peer: QkdPeer, keyId: string): Promise<Uint8Array>;
}

/** Where keys of quantum hardware come from, and whether a pair may do without. */
export interface QkdOptions {
  /** Where the keys come from, such as `etsi014KeySource()`. */
  readonly source: QkdKeySource;
  /** What happens where there is no such key: `require` ends the handshake, `prefer` goes on without. @default "require" */
  readonly policy?: "prefer" | "require";
}

/** What a handshake mixes in beside K_bb84; both empty when there is no key. */
export interface MixedKey {
  readonly keyId: Uint8Array;
  readonly key: Uint8Array;
  /** Why there is none although one was asked for. */
  readonly problem: QsecError | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const none = (problem: QsecError | null = null): MixedKey => ({
  keyId: new Uint8Array(0),
  key: new Uint8Array(0),
  problem,
});

export function isKeyId(keyId: unknown): keyId is string {
  return typeof keyId === "string" && UUID.test(keyId);
}

/** The initiator's key. @throws QsecError `QKD` where one is required and there is none */
export async function takeFreshKey(
  qkd: QkdOptions | null,
  peer: { readonly id: Uint8Array; readonly name: string },
): Promise<MixedKey> {
  if (qkd === null) return none();
  try {
    const taken = await qkd.source.fresh(describe(peer));
    if (taken !== null) {
      checkKey(taken.key);
      if (!isKeyId(taken.keyId)) {
        wipe(taken.key);
        throw new QsecError("QKD", "The key source named a key by something else than a UUID.");
      }
      return { keyId: utf8(taken.keyId), key: taken.key, problem: null };
    }
  } catch (cause) {
    const problem = noKey(cause);
    if (qkd.policy === "prefer") return none(problem);
    throw problem;
  }
  if (qkd.policy === "prefer") return none();
  throw new QsecError("QKD", "A key from quantum hardware is required, and the source has none for this peer.");
}

/** The responder's key, by the id that came. @throws QsecError `QKD` */
export async function findKey(
  qkd: QkdOptions | null,
  peer: { readonly id: Uint8Array; readonly name: string },
  keyId: Uint8Array,
): Promise<Uint8Array> {
  if (keyId.length === 0) {
    if (qkd === null || qkd.policy === "prefer") return new Uint8Array(0);
    throw new QsecError("QKD", "A key from quantum hardware is required, and the peer has named none.");
  }
  if (qkd === null) throw new QsecError("QKD", "The peer wants a key from quantum hardware, which is not set up here.");
  try {
    const text = fromUtf8(keyId);
    if (!isKeyId(text)) throw new QsecError("QKD", "The peer named a key by something else than a UUID.");
    return checkKey(await qkd.source.byId(describe(peer), text));
  } catch (cause) {
    throw noKey(cause);
  }
}

function checkKey(key: Uint8Array): Uint8Array {
  if (key.length === QKD_KEY_BYTES) return key;
  wipe(key);
  throw new QsecError("QKD", `The key source gave a key of another length than ${QKD_KEY_BYTES} bytes.`);
}

function noKey(cause: unknown): QsecError {
  if (cause instanceof QsecError && cause.code === "QKD") return cause;
  return new QsecError("QKD", "The source of keys from quantum hardware gave none.", { cause });
}

function describe({ id, name }: { readonly id: Uint8Array; readonly name: string }): QkdPeer {
  return { id: toBase64url(id), name };
}
