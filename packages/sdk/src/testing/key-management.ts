/** Two key management entities of one quantum link, behind real HTTP on this device, as ETSI GS QKD 014 describes them. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { base64 } from "@scure/base";
import { drbg } from "./drbg.js";

export interface Asked {
  readonly url: string;
  readonly body: Record<string, unknown>;
}

export interface KeyManagement {
  readonly address: string;
  readonly asked: Asked[];
  /** What goes out in place of an answer. */
  spoil: (answer: { status: number; body: unknown }) => { status: number; body: unknown };
  close(): Promise<void>;
}

/** One server plays both ends: a key taken under one SAE's name can be had once by its ID. */
export async function keyManagement(): Promise<KeyManagement> {
  const random = drbg("key management");
  const stored = new Map<string, string>();
  const asked: Asked[] = [];
  let taken = 0;
  const take = ({ url, body }: Asked): { status: number; body: unknown } => {
    const method = /^\/api\/v1\/keys\/[^/]+\/(enc_keys|dec_keys)$/.exec(url)?.[1];
    if (method === "enc_keys") {
      if (body.number !== 1 || body.size !== 256) return { status: 400, body: { message: "one key of 256 bits" } };
      const keyId = `00000000-0000-4000-8000-${String(taken++).padStart(12, "0")}`;
      const key = base64.encode(random(32));
      stored.set(keyId, key);
      return { status: 200, body: { keys: [{ key_ID: keyId, key }] } };
    }
    const [{ key_ID: keyId = "" } = {}] = (body.key_IDs ?? []) as { key_ID?: string }[];
    const key = stored.get(keyId);
    if (method === undefined || key === undefined) return { status: 400, body: { message: "no such key" } };
    stored.delete(keyId);
    return { status: 200, body: { keys: [{ key_ID: keyId, key }] } };
  };
  const management: KeyManagement = { address: "", asked, spoil: (answer) => answer, close };
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const question = { url: request.url ?? "", body: JSON.parse(text) as Record<string, unknown> };
      asked.push(question);
      const { status, body } = management.spoil(take(question));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(management, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  function close(): Promise<void> {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed()));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
