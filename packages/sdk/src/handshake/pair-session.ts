/** What two peers have after a handshake: a sealed, ordered channel in each direction (protocol §6). */
import type { Chain } from "../crypto/chain.js";
import { readPadded, sealPadded } from "../crypto/padded.js";
import { concat, equalBytes, toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { Kind } from "../wire/kinds.js";
import { PROTOCOL_VERSION } from "../wire/limits.js";
import { Reader } from "../wire/reader.js";
import { u32 } from "../wire/writer.js";
import { SID_BYTES } from "./messages.js";

export class PairSession {
  readonly sid: Uint8Array;
  readonly th5: Uint8Array;
  readonly #sending: Chain;
  readonly #receiving: Chain;

  constructor(sid: Uint8Array, th5: Uint8Array, sending: Chain, receiving: Chain) {
    this.sid = sid;
    this.th5 = th5;
    this.#sending = sending;
    this.#receiving = receiving;
  }

  /** Eight hex digits of th5: public, the same on both sides. */
  get fingerprint(): string {
    return toHex(this.th5.subarray(0, 4));
  }

  /** rec = ver ‖ kind ‖ sid[8] ‖ u32 seq ‖ box, box = seal(aad = th5 ‖ first 14 bytes, pad(content)) */
  async seal(kind: Kind, content: Uint8Array): Promise<Uint8Array> {
    const { seq, box } = await sealPadded(content, (padded) =>
      this.#sending.seal((n) => concat(this.th5, this.#header(kind, n)), padded),
    );
    return concat(this.#header(kind, seq), box);
  }

  /**
   * @param check parses the content, which is zeroed afterwards; what it throws refuses the record and leaves the state as it was
   * @throws QsecError `KIND`, `SID`, `DECODE`, `REPLAY`, `GAP`, `DECRYPT`, `PADDING`
   */
  async open<T>(kind: Kind, frame: Uint8Array, check: (content: Uint8Array) => T): Promise<T> {
    const record = decodeRecord(frame);
    if (record.kind !== kind) throw new QsecError("KIND", "A record is of another kind than its event allows.");
    if (!equalBytes(record.sid, this.sid)) throw new QsecError("SID", "A record belongs to another session.");
    return this.#receiving.open(record.seq, concat(this.th5, record.header), record.box, (padded) =>
      readPadded(padded, check),
    );
  }

  wipe(): void {
    this.#sending.wipe();
    this.#receiving.wipe();
  }

  #header(kind: Kind, seq: number): Uint8Array {
    return concat(Uint8Array.of(PROTOCOL_VERSION, kind), this.sid, u32(seq));
  }
}

const HEADER_BYTES = 2 + SID_BYTES + 4;

/** @throws QsecError `DECODE`, `VERSION` */
export function decodeRecord(frame: Uint8Array) {
  const reader = new Reader(frame);
  const header = reader.bytes(HEADER_BYTES);
  const box = reader.rest();
  const fields = new Reader(header);
  if (fields.u8() !== PROTOCOL_VERSION) throw new QsecError("VERSION", "A record is of another protocol version.");
  return { header, kind: fields.u8(), sid: fields.bytes(SID_BYTES), seq: fields.u32(), box };
}
