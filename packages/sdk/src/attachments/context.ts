import { concat, utf8 } from "../wire/bytes.js";

const LABEL = utf8("qsec2/v1 file");

/**
 * What a sealed file is bound to: the room (`rid`, 32 bytes) and the content. As the digest is in it, the keys of a blob
 * can never seal another content, even when a file changes under an upload that is resumed.
 */
export function fileContext(rid: Uint8Array, digest: Uint8Array): Uint8Array {
  return concat(LABEL, rid, digest);
}
