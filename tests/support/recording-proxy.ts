import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

export interface RecordingProxy {
  /** Where clients connect instead of to the relay. */
  readonly url: string;
  /** Every WebSocket message that passed, in either direction, as its bytes. */
  readonly messages: readonly Buffer[];
  /** Cuts every connection as a broken network does, without a goodbye, and lets none through until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Stands between clients and a relay, passes everything on and keeps a copy: what whoever owns the relay can see. */
export async function recordingProxy(relay: string): Promise<RecordingProxy> {
  const messages: Buffer[] = [];
  let broken = false;
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  server.on("connection", (client, request) => {
    if (broken) {
      client.terminate();
      return;
    }
    const upstream = new WebSocket(`${relay.replace(/^http/, "ws")}${request.url ?? ""}`);
    const waiting: [Buffer, boolean][] = [];
    client.on("message", (data: Buffer, isBinary) => {
      messages.push(data);
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data, { binary: isBinary });
      else waiting.push([data, isBinary]);
    });
    upstream.on("open", () => {
      for (const [data, isBinary] of waiting) upstream.send(data, { binary: isBinary });
    });
    upstream.on("message", (data: Buffer, isBinary) => {
      messages.push(data);
      client.send(data, { binary: isBinary });
    });
    client.on("close", () => upstream.close());
    upstream.on("close", () => client.close());
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    messages,
    restore: () => {
      broken = false;
    },
    cut: () => {
      broken = true;
      for (const client of server.clients) client.terminate();
    },
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await new Promise((done) => http.close(done));
    },
  };
}
