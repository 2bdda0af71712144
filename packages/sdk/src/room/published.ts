/** Bytes that an application has its room's relay pass on, beside what they are for: u8 length ‖ type ‖ data. */
import { concat, fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Reader } from "../wire/reader.js";
import { parseType } from "../wire/schemas.js";
import { u8 } from "../wire/writer.js";

export interface Published {
  readonly type: string;
  readonly data: Uint8Array;
}

/** @throws QsecError `bad_request` for a type that is none */
export function encodePublished({ type, data }: Published): Uint8Array {
  const name = utf8(parseType({ type }).type);
  return concat(u8(name.length), name, data);
}

/** @throws QsecError `DECODE` */
export function decodePublished(body: Uint8Array): Published {
  const reader = new Reader(body);
  const name = reader.bytes(reader.u8());
  try {
    return { type: parseType({ type: fromUtf8(name) }).type, data: reader.rest() };
  } catch (cause) {
    throw new QsecError("DECODE", "Published bytes do not say what they are for.", { cause });
  }
}
