/** What code does with AES keys while it runs. */
import { toHex } from "../wire/bytes.js";

export interface OwnedKeys {
  /** The arrays themselves that were imported as keys: zero once their owner is done with them. */
  readonly imported: readonly Uint8Array[];
  /** Key and nonce of each sealing, in hex. */
  readonly sealedWith: readonly string[];
}

/** Runs `work` and watches what WebCrypto is asked for meanwhile. Calls must not overlap. */
export async function ownedKeys(work: () => Promise<void>): Promise<OwnedKeys> {
  const { subtle } = crypto;
  const { importKey, encrypt } = subtle;
  const names = new WeakMap<CryptoKey, string>();
  const imported: Uint8Array[] = [];
  const sealedWith: string[] = [];
  subtle.importKey = (async (format: string, key: Uint8Array, ...rest: unknown[]) => {
    const name = format === "raw" ? toHex(key) : "";
    const handle = await (importKey as (...args: unknown[]) => Promise<CryptoKey>).call(subtle, format, key, ...rest);
    if (format === "raw") {
      names.set(handle, name);
      imported.push(key);
    }
    return handle;
  }) as typeof importKey;
  subtle.encrypt = (algorithm: AesGcmParams, key: CryptoKey, data: BufferSource) => {
    sealedWith.push(`${names.get(key)} ${toHex(new Uint8Array(algorithm.iv as ArrayBuffer))}`);
    return encrypt.call(subtle, algorithm, key, data);
  };
  try {
    await work();
  } finally {
    subtle.importKey = importKey;
    subtle.encrypt = encrypt;
  }
  return { imported, sealedWith };
}
