import { equalBytes } from "../../wire/bytes.js";
import { QsecError } from "../../wire/errors.js";
import { FIELD_BYTES, PolynomialValue } from "../verification/polynomial.js";

/** Who sent a message. */
export type TranscriptSide = "alice" | "bob";

/** Bytes of a tag. */
export const TAG_BYTES = FIELD_BYTES;

/** What a run takes of secret bits that both sides had before: a point and one pad for each of the two tags, 192. */
export const AUTHENTICATION_BITS = 3 * FIELD_BYTES * 8;

const STAGE = "Authentication of the transcript";
const SENDER_CODES = { alice: 1, bob: 2 };

/**
 * Authenticates all messages of a run at its end, without assumptions on what the other can compute (Wegman and Carter
 * 1981): a tag is the value of the transcript's polynomial at a secret point, plus a pad that is used once. Each side
 * makes one tag and checks the other's.
 *
 * Whoever changes, drops, adds or reorders messages passes one check with a probability of at most
 * {@link transcriptForgery}. What was agreed on until then is void when a check fails.
 */
export class TranscriptAuthentication {
  readonly #side: TranscriptSide;
  readonly #polynomial: PolynomialValue;
  readonly #pads: Readonly<Record<TranscriptSide, Uint8Array>>;
  #bytes = 0;
  #value: Uint8Array | null = null;
  #state: "recording" | "closed" | "over" = "recording";
  #tagged = false;
  #checked = false;

  /**
   * @param key 24 bytes that both sides share and that no run had before. It is taken over: the array is zeroed, so that
   * it cannot be used again
   * @throws QsecError `bad_option` for a key that is none, or was zeroed
   */
  constructor(side: TranscriptSide, key: Uint8Array) {
    requireSide(side);
    if (key.length * 8 !== AUTHENTICATION_BITS)
      throw new QsecError("bad_option", `The key of the authentication has ${AUTHENTICATION_BITS / 8} bytes.`);
    if (key.every((byte) => byte === 0))
      throw new QsecError("bad_option", "This key of the authentication was used before: take fresh bits.");
    this.#side = side;
    this.#polynomial = new PolynomialValue(key.subarray(0, FIELD_BYTES));
    this.#pads = {
      alice: key.slice(FIELD_BYTES, 2 * FIELD_BYTES),
      bob: key.slice(2 * FIELD_BYTES),
    };
    key.fill(0);
  }

  /**
   * Adds a message, sent or received, in the order that both sides saw.
   * @param message up to 2³² − 1 bytes; not changed and not kept
   * @throws QsecError `bad_state` once a tag was made or checked, `bad_option` for a side that is none
   */
  record(from: TranscriptSide, message: Uint8Array): void {
    requireSide(from);
    if (this.#state !== "recording") throw new QsecError("bad_state", `${STAGE}: the transcript is closed.`);
    const header = new Uint8Array(FIELD_BYTES);
    const view = new DataView(header.buffer);
    view.setUint32(0, SENDER_CODES[from]);
    view.setUint32(4, message.length);
    this.#polynomial.absorb(header);
    this.#polynomial.absorb(message);
    this.#bytes += FIELD_BYTES + Math.ceil(message.length / FIELD_BYTES) * FIELD_BYTES;
  }

  /** This side's tag, 8 bytes, over all that was recorded. @throws QsecError `bad_state` when called twice */
  tag(): Uint8Array {
    if (this.#tagged || this.#state === "over")
      throw new QsecError("bad_state", `${STAGE}: there is one tag of a side.`);
    this.#tagged = true;
    return this.#tagOf(this.#side);
  }

  /**
   * Checks the other side's tag over all that was recorded.
   * @throws QsecError `BAD_SIG` when it does not fit, after which the authentication is over; `bad_state` when called
   * twice, as a second try would be a second chance
   */
  check(tag: Uint8Array): void {
    if (this.#checked || this.#state === "over")
      throw new QsecError("bad_state", `${STAGE}: one tag of the other side is checked.`);
    this.#checked = true;
    const expected = this.#tagOf(this.#side === "alice" ? "bob" : "alice");
    const fits = equalBytes(tag, expected);
    expected.fill(0);
    if (fits) return;
    this.wipe();
    throw new QsecError("BAD_SIG", `${STAGE}: the messages of this run are not those that the other side saw.`);
  }

  /** Ends the authentication and zeroes its key. */
  wipe(): void {
    this.#state = "over";
    this.#polynomial.wipe();
    this.#value?.fill(0);
    this.#pads.alice.fill(0);
    this.#pads.bob.fill(0);
  }

  #tagOf(side: TranscriptSide): Uint8Array {
    const value = (this.#value ??= this.#close());
    return value.map((byte, i) => byte ^ this.#pads[side][i]);
  }

  /** The number of bytes comes last, so that no transcript is the beginning of another. */
  #close(): Uint8Array {
    this.#state = "closed";
    const end = new Uint8Array(FIELD_BYTES);
    new DataView(end.buffer).setBigUint64(0, BigInt(this.#bytes));
    this.#polynomial.absorb(end);
    return this.#polynomial.value();
  }
}

/**
 * The most likely that a transcript passes that is not the other side's: its blocks of 8 bytes, of the longer of the two,
 * times 2⁻⁶⁴.
 * @param messages bytes of each message
 */
export function transcriptForgery(messages: readonly number[]): number {
  const blocks = messages.reduce((sum, bytes) => sum + 1 + Math.ceil(bytes / FIELD_BYTES), 1);
  return Math.min(1, blocks * 2 ** -64);
}

function requireSide(side: TranscriptSide): void {
  if (!Object.hasOwn(SENDER_CODES, side)) throw new QsecError("bad_option", "A side is 'alice' or 'bob'.");
}
