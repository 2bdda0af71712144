/** The only ratchet of the protocol: a pairwise session is two Chains, an epoch of n members is n Chains. */
import { QsecError } from "../wire/errors.js";
import { u32 } from "../wire/writer.js";
import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, open, seal } from "./aead.js";
import { expand } from "./kdf.js";
import { wipe } from "./wipe.js";

/** How far ahead a message may be: bounds the work that a forged number can cause, and the keys kept for late frames. */
export const WINDOW = 256;
/** The same where a whole epoch is read back, of which the beginning may be gone: more numbers than a leader lets pass. */
export const HISTORY_WINDOW = 2_048;
/** A long way is passed so many steps at a time. */
const STEPS_AT_ONCE = 1_024;
/** The counter is a u32; the epoch is rotated long before. */
const LAST = 0xffff_ffff;

/**
 * A forward-secure sequence of one-time AES-256-GCM keys. The key and the nonce of message n come from the chain key
 * of step n, which is wiped as soon as it is used: a key seals one message, so a nonce cannot repeat, and a seized
 * chain opens nothing older.
 *
 * Keys that a message ahead has made necessary stay, whether it opened or not. They follow from the chain key that was
 * there before, so whoever seizes them gains nothing; and a forged number costs its steps once, not with every frame.
 *
 * Calls on one Chain are run one after the other, as WebCrypto is asynchronous.
 */
export class Chain {
  /** The chain key of step {@link derived}. */
  #key: Uint8Array;
  #derived = 0;
  #next = 0;
  /** Keys of messages that have not been opened, in rising order: those passed over, then all from {@link next} to {@link derived}. */
  readonly #messages = new Map<number, Uint8Array>();
  #queue: Promise<unknown> = Promise.resolve();
  #wiped = false;
  readonly #window: number;

  /**
   * @param key 32 bytes; the Chain owns them from now on and wipes them
   * @param window how far ahead of those before it a message may be
   */
  constructor(key: Uint8Array, window = WINDOW) {
    this.#key = key;
    this.#window = window;
  }

  /** The sequence number of the next message that {@link seal} makes or that {@link open} has not passed. */
  get next(): number {
    return this.#next;
  }

  /** The number of the first message whose key is still to be derived; at least {@link next}. */
  get derived(): number {
    return this.#derived;
  }

  /** The lowest sequence number that has not been sealed or opened: everything before it has passed. */
  get contiguous(): number {
    const [lowest = this.#next] = this.#messages.keys();
    return Math.min(lowest, this.#next);
  }

  /** Seals the next message. The additional data may depend on its sequence number. */
  seal(
    aad: Uint8Array | ((seq: number) => Uint8Array),
    plaintext: Uint8Array,
  ): Promise<{ seq: number; box: Uint8Array }> {
    return this.#serialise(async () => {
      if (this.#next > LAST)
        throw new QsecError("GAP", "This chain of message keys is used up; a new epoch is needed.");
      const seq = this.#next;
      this.#deriveThrough(seq);
      const message = this.#messages.get(seq)!;
      this.#used(seq);
      try {
        const additional = typeof aad === "function" ? aad(seq) : aad;
        return { seq, box: await seal(keyOf(message), nonceOf(message), additional, plaintext) };
      } finally {
        wipe(message);
      }
    });
  }

  /**
   * Opens message `seq`. The state moves only if the box opens *and* `check` returns; its result is returned.
   * @param check validates the plaintext; it throws to refuse
   * @throws QsecError `REPLAY` for a number whose key is used up, `GAP` for one too far ahead, `DECRYPT`, or what `check` throws
   */
  open<T>(seq: number, aad: Uint8Array, box: Uint8Array, check: (plaintext: Uint8Array) => T): Promise<T> {
    return this.#serialise(async () => {
      if (seq - this.#next > this.#window) throw new QsecError("GAP", "A message is too far ahead of those before it.");
      this.#deriveThrough(seq);
      const message = this.#messages.get(seq);
      if (message === undefined) throw new QsecError("REPLAY", "A message with this number was opened before.");
      try {
        const result = check(await open(keyOf(message), nonceOf(message), aad, box));
        this.#refuseIfWiped(); // destroyed while WebCrypto worked
        this.#used(seq);
        wipe(message);
        return result;
      } catch (error) {
        this.#refuseIfWiped(); // the key was zeroed under way: what it says about the box means nothing
        throw error;
      }
    });
  }

  /** Message `seq` was opened and checked elsewhere, with a key of this Chain: it counts as opened here too. */
  pass(seq: number): Promise<void> {
    return this.#serialise(async () => {
      // Of a long way only the last keys can still be asked for; and it must not hold up all else meanwhile.
      for (let taken = 1; this.#derived < seq - this.#window; taken++) {
        wipe(this.#step());
        if (taken % STEPS_AT_ONCE !== 0) continue;
        await new Promise((resolve) => setTimeout(resolve));
        this.#refuseIfWiped();
      }
      this.#deriveThrough(seq);
      wipe(this.#messages.get(seq));
      this.#used(seq);
    });
  }

  #deriveThrough(seq: number): void {
    while (this.#derived <= seq) this.#messages.set(this.#derived, this.#step());
  }

  /** The next key: the caller's. */
  #step(): Uint8Array {
    const { message, chain } = step(this.#key, this.#derived++);
    wipe(this.#key);
    this.#key = chain;
    return message;
  }

  /** The key of message `seq` is never used again. Of those passed over before it the oldest go if they are too many. */
  #used(seq: number): void {
    this.#messages.delete(seq);
    this.#next = Math.max(this.#next, seq + 1);
    let skipped = this.#messages.size - (this.#derived - this.#next);
    for (const [passed, message] of this.#messages) {
      if (skipped-- <= this.#window) break;
      this.#messages.delete(passed);
      wipe(message);
    }
  }

  /** Zeroes every key. What is sealed or opened afterwards fails with `destroyed`. */
  wipe(): void {
    this.#wiped = true;
    wipe(this.#key, ...this.#messages.values());
    this.#messages.clear();
  }

  #refuseIfWiped(): void {
    if (this.#wiped) throw new QsecError("destroyed", "The keys of this chain are destroyed.");
  }

  #serialise<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(() => {
      this.#refuseIfWiped();
      return task();
    });
    this.#queue = run.catch(() => undefined); // the caller gets the error; the next task must not
    return run;
  }
}

/** mk = Expand(ck, "key", u32(n), 44); ck' = Expand(ck, "chain", u32(n), 32) */
function step(key: Uint8Array, n: number): { message: Uint8Array; chain: Uint8Array } {
  const context = u32(n);
  return {
    message: expand(key, "key", context, AEAD_KEY_BYTES + AEAD_NONCE_BYTES),
    chain: expand(key, "chain", context, 32),
  };
}

function keyOf(message: Uint8Array): Uint8Array {
  return message.subarray(0, AEAD_KEY_BYTES);
}

function nonceOf(message: Uint8Array): Uint8Array {
  return message.subarray(AEAD_KEY_BYTES);
}
