/**
 * Serves this folder's page, and beside it runs a relay that serves no pages and lets only this page's origin connect:
 * the way to run QSEC2 in production, on one machine.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { startRelay } from "@qsec2/relay";

const here = (path) => new URL(path, import.meta.url);
// The file for the tag, and beside it what it fetches when somebody opens charts or the sphere in space.
const WIDGET = ["qsec-room.js", "qsec-charts.js", "qsec-sphere.js"].map((name) => [
  `/${name}`,
  { file: new URL(import.meta.resolve(`@qsec2/widget/${name}`)), type: "text/javascript; charset=utf-8" },
]);
const FILES = {
  ...Object.fromEntries(WIDGET),
  "/": { file: here("index.html"), type: "text/html; charset=utf-8" },
  "/main.js": { file: here("main.js"), type: "text/javascript; charset=utf-8" },
  "/style.css": { file: here("style.css"), type: "text/css; charset=utf-8" },
};

let relay;

const site = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  if (path === "/settings.json") return answer(response, 200, "application/json", JSON.stringify({ relay: relay.url }));
  // An invite link leads to /room/<room>, which is the same page.
  const known = FILES[path.startsWith("/room/") ? "/" : path];
  if (known === undefined) return answer(response, 404, "text/plain", "There is nothing here.\n");
  answer(response, 200, known.type, await readFile(known.file));
});

function answer(response, status, type, body) {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ${relay.url} ${relay.url.replace("http", "ws")}`;
  response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": policy }).end(body);
}

site.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", async () => {
  const origin = `http://127.0.0.1:${site.address().port}`;
  relay = await startRelay({ port: 0, db: false, pages: false, cors: [origin], logLevel: "warn" });
  console.log(`Open ${origin}, and the invite link that it shows in a second window; the relay is ${relay.url}`);
});
