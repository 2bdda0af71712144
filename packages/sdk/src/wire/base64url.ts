import { base64urlnopad } from "@scure/base";
import { QsecError } from "./errors.js";

/** Base64 exists only at the JSON edge: a frame on the socket is the unpadded base64url text of its bytes (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}

/** @throws QsecError `frame_malformed` when the text is not canonical unpadded base64url. */
export function fromBase64url(text: string): Uint8Array {
  try {
    return base64urlnopad.decode(text);
  } catch (cause) {
    throw new QsecError("frame_malformed", "Expected unpadded base64url text.", { cause });
  }
}
