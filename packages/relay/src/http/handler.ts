import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Readiness } from "../relay-stats.js";
import { requestPath, sendJson, sendText } from "./answers.js";
import { COMMON_HEADERS, pageHeaders } from "./headers.js";
import type { Page, Pages } from "./pages.js";

const ASSETS = "/assets/";
const ROOM = /^\/room\/[^/]+$/;
const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>QSEC2 relay</title>
<h1>The relay runs, but its pages are not built</h1>
<p>Run <code>npm run build</code> and start the relay again, or start it with <code>--no-pages</code>.</p>
</html>
`;

/**
 * Answers everything but Socket.IO.
 * @param pages what `loadPages` has read; undefined for a relay without pages
 * @param readiness whether it is ready at the moment
 */
export function requestHandler(pages: Pages | undefined, readiness: () => Readiness): RequestListener {
  return (request, response) => {
    const path = requestPath(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return sendText(response, 405, "Only GET and HEAD are answered here.\n", { Allow: "GET, HEAD" });
    }
    if (path === "/healthz") return sendJson(response, 200, { ok: true });
    if (path === "/readyz") return sendReadiness(response, readiness());
    if (pages && path === "/") return sendPage(request, response, pages.get("landing.html"));
    if (pages && ROOM.test(path)) return sendPage(request, response, pages.get("room.html"));
    const asset = path.startsWith(ASSETS) ? pages?.get(path.slice(ASSETS.length)) : undefined;
    if (asset && !asset.type.startsWith("text/html")) return sendAsset(request, response, asset);
    sendText(response, 404, "There is nothing here.\n");
  };
}

function sendReadiness(response: ServerResponse, readiness: Readiness): void {
  sendJson(response, readiness.ok ? 200 : 503, readiness);
}

function sendPage(request: IncomingMessage, response: ServerResponse, page: Page | undefined): void {
  const headers = pageHeaders(request.headers);
  response.writeHead(page ? 200 : 503, { ...headers, "Content-Type": page?.type ?? "text/html; charset=utf-8" });
  response.end(page?.body ?? NOT_BUILT);
}

function sendAsset(request: IncomingMessage, response: ServerResponse, { body, type, etag }: Page): void {
  // Asked for again each time, as the names stay the same from build to build; sent again only when it has changed.
  const headers = { ...COMMON_HEADERS, "Cache-Control": "no-cache", ETag: etag };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
  } else {
    response.writeHead(200, { ...headers, "Content-Type": type, "Content-Length": body.length }).end(body);
  }
}
