import type { IncomingMessage, ServerResponse } from "node:http";
import { COMMON_HEADERS } from "./headers.js";

/** Without the query; never decoded, as it is only compared. */
export function requestPath(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0];
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...COMMON_HEADERS, "Content-Type": "text/plain; charset=utf-8", ...headers }).end(text);
}

/** An answer about this moment, which nobody may keep. */
export function sendJson(response: ServerResponse, status: number, value: object): void {
  const headers = { ...COMMON_HEADERS, "Content-Type": "application/json", "Cache-Control": "no-store" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}
