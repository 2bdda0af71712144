/**
 * Three origins, as in production: a page with the strictest policy that the widget runs under, a stand-in for a CDN with
 * the widget's files, and a relay without pages.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { startRelay } from "@qsec2/relay";

const widget = (path) => new URL(import.meta.resolve(`@qsec2/widget/${path}`));
const integrity = JSON.parse(await readFile(widget("integrity.json"), "utf8"));
const here = (path) => new URL(path, import.meta.url);
const FILES = {
  "/": [here("index.html"), "text/html; charset=utf-8"],
  "/main.js": [here("main.js"), "text/javascript; charset=utf-8"],
  "/style.css": [here("style.css"), "text/css; charset=utf-8"],
  "/icon.svg": [here("icon.svg"), "image/svg+xml"],
};

// The file for the tag, and beside it what it fetches when somebody opens charts or the sphere in space.
const WIDGET = ["/qsec-room.js", "/qsec-charts.js", "/qsec-sphere.js"];
const cdn = createServer(async ({ url }, response) => {
  if (!WIDGET.includes(url)) return response.writeHead(404).end("There is nothing here.\n");
  const headers = { "Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*" };
  response.writeHead(200, headers).end(await readFile(widget(url.slice(1))));
});
const site = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  response.setHeader("Content-Security-Policy", policy());
  if (path === "/settings.json") return send(response, "application/json", JSON.stringify(settings()));
  // An invite link leads to /room/<room>, which is the same page.
  const known = FILES[path.startsWith("/room/") ? "/" : path];
  if (known === undefined) return response.writeHead(404).end("There is nothing here.\n");
  send(response, known[1], await readFile(known[0]));
});

function send(response, type, body) {
  response.writeHead(200, { "Content-Type": type }).end(body);
}

function settings() {
  return { relay: relay.url, cdn: { src: `${addressOf(cdn)}/qsec-room.js`, integrity: integrity["qsec-room.js"] } };
}

/** Nothing inline, nothing evaluated, no HTML made out of text, and no connection but to the relay. */
function policy() {
  const rules = {
    "default-src": "'none'",
    "script-src": `'self' ${addressOf(cdn)}`,
    "style-src": "'self'",
    "img-src": "'self' blob:", // blob: previews of pictures that were sent
    "media-src": "blob:", // and of sounds and videos
    "connect-src": `'self' ${relay.url} ${relay.url.replace("http", "ws")}`,
    "require-trusted-types-for": "'script'",
    "trusted-types": "clinic lit-html",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(rules)
    .map((rule) => rule.join(" "))
    .join("; ");
}

function listen(server, port) {
  return new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
}

function addressOf(server) {
  return `http://127.0.0.1:${server.address().port}`;
}

await Promise.all([listen(cdn, 0), listen(site, Number(process.env.PORT ?? 8080))]);
const relay = await startRelay({ port: 0, db: false, pages: false, cors: [addressOf(site)], logLevel: "warn" });
console.log(`Open ${addressOf(site)}; the widget comes from ${addressOf(cdn)}, the relay is ${relay.url}`);
