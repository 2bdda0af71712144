import type { webcrypto } from "node:crypto";

/** What must never be seen outside a client: by a name that says what it is. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const WINDOW = 12;

/**
 * Records every secret that clients in this process hold while `work` runs: all that they draw from the CSPRNG (seeds,
 * KEM randomness, qubits, bases, room keys) and every AES key that they import.
 */
export async function recordSecrets(work: () => Promise<void>): Promise<Secret[]> {
  const secrets: Secret[] = [];
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  const importKey = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    const drawn = getRandomValues(array as never) as unknown as T;
    if (drawn instanceof Uint8Array)
      secrets.push({ name: `random draw of ${drawn.length} bytes`, bytes: drawn.slice() });
    return drawn;
  };
  crypto.subtle.importKey = ((format: string, key: Uint8Array, ...rest: unknown[]) => {
    if (format === "raw") secrets.push({ name: "AES key", bytes: key.slice() });
    return (importKey as (...args: unknown[]) => Promise<webcrypto.CryptoKey>)(format, key, ...rest);
  }) as typeof importKey;
  try {
    await work();
  } finally {
    crypto.getRandomValues = getRandomValues;
    crypto.subtle.importKey = importKey;
  }
  return secrets;
}

/** Makes AES-GCM copy its plaintext instead of sealing it while `work` runs: a handshake that leaks everything. */
export async function withoutEncryption(work: () => Promise<void>): Promise<void> {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = ((_: unknown, __: unknown, plaintext: Uint8Array) =>
    Promise.resolve(new Uint8Array([...plaintext, ...new Uint8Array(16)]).buffer)) as typeof encrypt;
  crypto.subtle.decrypt = ((_: unknown, __: unknown, box: Uint8Array) =>
    Promise.resolve(box.slice(0, -16).buffer)) as typeof decrypt;
  try {
    await work();
  } finally {
    crypto.subtle.encrypt = encrypt;
    crypto.subtle.decrypt = decrypt;
  }
}

/** The names of the secrets of which any twelve bytes in a row stand in what was seen: plainly, in base64 or in hex. */
export function leaked(seen: readonly Uint8Array[], secrets: readonly Secret[]): string[] {
  const owners = new Map<string, string>();
  for (const { name, bytes } of secrets) for (const window of windows(Buffer.from(bytes))) owners.set(window, name);
  const found = new Set<string>();
  for (const haystack of seen.flatMap(decodings)) {
    for (const window of windows(haystack)) {
      const name = owners.get(window);
      if (name !== undefined) found.add(name);
    }
  }
  return [...found].sort();
}

function* windows(bytes: Buffer): Generator<string> {
  const text = bytes.toString("latin1");
  for (let i = 0; i + WINDOW <= text.length; i++) yield text.slice(i, i + WINDOW);
}

/** The bytes as they are, and those of every base64, base64url or hex text in them. */
function decodings(bytes: Uint8Array): Buffer[] {
  const raw = Buffer.from(bytes);
  const tokens = raw.toString("latin1").match(/[A-Za-z0-9+/_-]{16,}/g) ?? [];
  const decoded = tokens.flatMap((token) => {
    const base64 = Buffer.from(token, "base64");
    return /^[0-9a-fA-F]+$/.test(token) ? [base64, Buffer.from(token, "hex")] : [base64];
  });
  return [raw, ...decoded];
}
