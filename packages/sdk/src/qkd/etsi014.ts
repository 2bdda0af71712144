import { base64 } from "@scure/base";
import { isKeyId, QKD_KEY_BYTES, type QkdKey, type QkdKeySource, type QkdPeer } from "../handshake/qkd.js";
import { QsecError } from "../wire/errors.js";

/** A key manager that speaks ETSI GS QKD 014, and how to reach it. */
export interface Etsi014Options {
  /** Address of the own key management entity (KME), for instance `https://kme.example`; https, or http on this device. */
  readonly kme: string;
  /** Under which SAE ID the KME knows a peer's device, or null if the peer has no equipment. */
  readonly saeOf: (peer: QkdPeer) => string | null;
  /** Fetches with the client certificate that the KME asks for: in Node, one with an agent of its own. @default fetch */
  readonly fetch?: typeof fetch;
  /** How long an answer may take, 1 to 60000 milliseconds; a room does nothing else meanwhile. @default 3000 */
  readonly timeout?: number;
}

const ANSWER_BYTES_MAX = 65_536;
const TIMEOUT_MAX = 60_000;

/**
 * Keys from quantum hardware through its REST interface, ETSI GS QKD 014 V1.1.1: "Get key" (`enc_keys`) of the side that
 * leads the handshake, "Get key with key IDs" (`dec_keys`) of the other. One key of 256 bits at a time, both by POST.
 * @throws QsecError `bad_option`; the source rejects with `QKD`
 */
export function etsi014KeySource(options: Etsi014Options): QkdKeySource {
  const { base, saeOf, timeout, request } = checkOptions(options);

  async function keyFrom(sae: string, method: "enc_keys" | "dec_keys", body: object): Promise<QkdKey> {
    const signal = AbortSignal.timeout(timeout);
    let response: Response;
    let text: string;
    try {
      response = await request(new URL(`api/v1/keys/${encodeURIComponent(sae)}/${method}`, base), {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify(body),
        redirect: "error",
        cache: "no-store",
        signal,
      });
      text = await response.text();
    } catch (cause) {
      throw new QsecError("QKD", "The key management entity cannot be reached, or does not answer in time.", { cause });
    }
    if (!response.ok) throw new QsecError("QKD", `The key management entity refuses with status ${response.status}.`);
    return onlyKey(text);
  }

  return {
    async fresh(peer) {
      const sae = saeOf(peer);
      return sae === null ? null : keyFrom(sae, "enc_keys", { number: 1, size: 8 * QKD_KEY_BYTES });
    },
    async byId(peer, keyId) {
      const sae = saeOf(peer);
      if (sae === null) throw new QsecError("QKD", "The peer named a key, and is not known to have equipment.");
      const taken = await keyFrom(sae, "dec_keys", { key_IDs: [{ key_ID: keyId }] });
      if (taken.keyId.toLowerCase() === keyId.toLowerCase()) return taken.key;
      taken.key.fill(0);
      throw new QsecError("QKD", "The key management entity answered with another key than was asked for.");
    },
  };
}

/** The one key of a key container. No word of an answer goes into an error: keys stand in it. @throws QsecError `QKD` */
function onlyKey(text: string): QkdKey {
  if (text.length <= ANSWER_BYTES_MAX) {
    try {
      const { keys } = JSON.parse(text) as { keys: readonly { key_ID: unknown; key: unknown }[] };
      const [{ key_ID: keyId, key: encoded }] = keys;
      const key = base64.decode(encoded as string);
      if (keys.length === 1 && isKeyId(keyId) && key.length === QKD_KEY_BYTES) return { keyId, key };
      key.fill(0);
    } catch {
      // said below, without the cause, which may quote the key
    }
  }
  throw new QsecError("QKD", "The key management entity answered with something else than one key of 256 bits.");
}

/** @throws QsecError `bad_option` */
function checkOptions(options: Etsi014Options) {
  const { kme, saeOf, timeout = 3_000, fetch: request = fetch } = (options ?? {}) as Partial<Etsi014Options>;
  const base = checkAddress(kme);
  if (typeof saeOf !== "function")
    throw new QsecError("bad_option", "'saeOf' must be a function from a peer to the SAE ID of its device, or null.");
  if (!(Number.isInteger(timeout) && timeout > 0 && timeout <= TIMEOUT_MAX))
    throw new QsecError("bad_option", `'timeout' must be a whole number of milliseconds from 1 to ${TIMEOUT_MAX}.`);
  if (typeof request !== "function") throw new QsecError("bad_option", "'fetch' must be a function as the global one.");
  return { base, saeOf, timeout, request };
}

/** @throws QsecError `bad_option` */
function checkAddress(kme: string | undefined): URL {
  const url = kme !== undefined && URL.canParse(kme) ? new URL(kme) : null;
  const isLocal = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === null || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal)))
    throw new QsecError("bad_option", "'kme' must be an https address, or an http one of this device.");
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
