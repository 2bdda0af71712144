/** P13: no byte string that a relay sees has twelve bytes in a row of any secret or plaintext. */
import { utf8 } from "../wire/bytes.js";
import { KIND } from "../wire/kinds.js";
import { ANNOUNCE_BYTES } from "../wire/limits.js";

const WINDOW = 12;
/** ver ‖ kind ‖ announce hash[32] ‖ id[32] stand before n_A in the head of M1. */
const NONCE_AT = 2 + 32 + 32;

interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Knows every secret of the clients in this process: what they draw from the CSPRNG (seeds, KEM randomness, qubits,
 * bases, room keys), every AES key that they import, and what a test registers.
 *
 * Of all draws one kind becomes public by design: n_A, which M1 carries in its head. Public keys, the commitments c_B
 * and kc, hashes and ciphertexts are results of one-way functions and share no window with what they were made from.
 */
export class Canary {
  readonly #secrets: Secret[] = [];
  #restore: (() => void) | null = null;

  /** Watches the CSPRNG and WebCrypto of this process until {@link uninstall}. */
  install(): void {
    const { getRandomValues, subtle } = crypto;
    const { importKey } = subtle;
    crypto.getRandomValues = ((array: Uint8Array) => {
      getRandomValues.call(crypto, array as Uint8Array<ArrayBuffer>);
      if (array.length >= WINDOW) this.register(`random draw of ${array.length} bytes`, array);
      return array;
    }) as typeof getRandomValues;
    subtle.importKey = ((format: string, key: Uint8Array, ...rest: unknown[]) => {
      if (format === "raw") this.register("AES key", key);
      return (importKey as (...args: unknown[]) => Promise<CryptoKey>).call(subtle, format, key, ...rest);
    }) as typeof importKey;
    this.#restore = () => {
      crypto.getRandomValues = getRandomValues;
      subtle.importKey = importKey;
    };
  }

  uninstall(): void {
    this.#restore?.();
    this.#restore = null;
  }

  register(name: string, secret: Uint8Array | string): void {
    this.#secrets.push({ name, bytes: typeof secret === "string" ? utf8(secret) : secret.slice() });
  }

  /**
   * The names of the secrets that show in what was seen.
   * @param published draws that are public by the protocol, besides every n_A among `seen`: salts and names of blobs
   */
  leaks(seen: readonly Uint8Array[], published: readonly Uint8Array[] = []): string[] {
    const open = new Set([...seen.flatMap(nonceOfM1), ...published].map(text));
    const owners = new Map<string, string>();
    for (const { name, bytes } of this.#secrets) {
      if (!open.has(text(bytes))) for (const window of windows(bytes)) owners.set(window, name);
    }
    const found = new Set<string>();
    for (const bytes of seen) for (const window of windows(bytes)) found.add(owners.get(window) ?? "");
    found.delete("");
    return [...found].sort();
  }
}

/** n_A, if these bytes are an M1. An announce of `link` mode begins with the same two bytes, but is shorter than any M1. */
function nonceOfM1(bytes: Uint8Array): Uint8Array[] {
  return bytes[1] === KIND.M1 && bytes.length > ANNOUNCE_BYTES ? [bytes.subarray(NONCE_AT, NONCE_AT + 32)] : [];
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function* windows(bytes: Uint8Array): Generator<string> {
  const whole = text(bytes);
  for (let i = 0; i + WINDOW <= whole.length; i++) yield whole.slice(i, i + WINDOW);
}
