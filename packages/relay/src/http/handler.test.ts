import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { requestHandler } from "./handler.js";
import { loadPages, type Pages } from "./pages.js";

const FILES = {
  "landing.html": "<p>landing",
  "room.html": "<p>room",
  "room.js": "1;",
  "pages.css": "p{}",
  "secret.txt": "x",
};

async function folderOf(t: TestContext, files: Readonly<Record<string, string>> = FILES): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-pages-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return loadPages(folder);
}

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Sends the path as it is: `fetch` would tidy it up. */
async function asker(t: TestContext, pages: Pages | undefined) {
  const server = createServer(requestHandler(pages, () => ({ ok: true })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return (path: string, method = "GET", headers: Record<string, string> = {}): Promise<Got> =>
    new Promise((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", path, method, headers, agent: false }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (part: string) => (body += part));
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }));
      });
      sent.on("error", reject).end();
    });
}

test("the landing page, any room and the assets are served, whatever the query says", async (t) => {
  const ask = await asker(t, await folderOf(t));
  assert.deepEqual((await ask("/")).body, "<p>landing");
  assert.deepEqual((await ask("/room/test%20room?username=alice&expected=2")).body, "<p>room");
  const script = await ask("/assets/room.js");
  assert.deepEqual([script.body, script.headers["content-type"]], ["1;", "text/javascript; charset=utf-8"]);
  assert.equal((await ask("/assets/pages.css")).headers["content-type"], "text/css; charset=utf-8");
  const head = await ask("/", "HEAD");
  assert.deepEqual([head.status, head.body], [200, ""]);
});

test("an asset that has not changed is not sent again", async (t) => {
  const ask = await asker(t, await folderOf(t));
  const { etag } = (await ask("/assets/room.js")).headers;
  const again = await ask("/assets/room.js", "GET", { "If-None-Match": etag! });
  assert.deepEqual([again.status, again.body], [304, ""]);
});

test("pages carry the strict headers, and may talk to their own host only", async (t) => {
  const ask = await asker(t, await folderOf(t));
  const { headers } = await ask("/room/r", "GET", { Host: "chat.example:8443" });
  assert.equal(
    headers["content-security-policy"],
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; " +
      "font-src 'self'; connect-src 'self' ws://chat.example:8443 wss://chat.example:8443; base-uri 'none'; " +
      "form-action 'self'; frame-ancestors 'self'",
  );
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  assert.equal(headers["cache-control"], "no-store");
  assert.match(String(headers["permissions-policy"]), /microphone=\(self\)/);
});

/** What Helmet 8 sets by default, but its policy (the test above has ours) and Strict-Transport-Security (the proxy's). */
const HELMET: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "SAMEORIGIN",
  "x-permitted-cross-domain-policies": "none",
  "x-xss-protection": "0",
};

test("a page has every header that Helmet sets by default, and nothing says what serves it", async (t) => {
  const ask = await asker(t, await folderOf(t));
  const { headers } = await ask("/");
  for (const [name, value] of Object.entries(HELMET)) assert.equal(headers[name], value, name);
  for (const name of ["x-powered-by", "server"]) assert.equal(headers[name], undefined, name);
});

test("whatever is answered cannot be taken for another type, and is no other site's", async (t) => {
  const ask = await asker(t, await folderOf(t));
  const { etag } = (await ask("/assets/room.js")).headers;
  const answers = [
    await ask("/room/r"),
    await ask("/assets/room.js"),
    await ask("/assets/room.js", "GET", { "If-None-Match": etag! }),
    await ask("/healthz"),
    await ask("/readyz"),
    await ask("/nothing"),
    await ask("/", "POST"),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 304, 200, 200, 404, 405],
  );
  for (const name of ["x-content-type-options", "referrer-policy", "cross-origin-resource-policy"])
    for (const { headers } of answers) assert.equal(headers[name], HELMET[name], name);
});

test("a host header cannot widen the policy", async (t) => {
  const ask = await asker(t, await folderOf(t));
  const { headers } = await ask("/", "GET", { Host: "a; script-src *" });
  assert.match(String(headers["content-security-policy"]), /connect-src 'self'; base-uri/);
});

test("nothing else is there: no other file, no path upwards, no page under another name", async (t) => {
  const ask = await asker(t, await folderOf(t));
  for (const path of [
    "/assets/secret.txt",
    "/assets/landing.html",
    "/assets/../room.js",
    "/assets/%2e%2e/package.json",
    "/assets/",
    "/assets/__proto__",
    "/room/",
    "/room/a/b",
    "/room",
    "//",
    "/favicon.ico",
    "/etc/passwd",
    "http://evil.example/x",
  ]) {
    const { status, headers } = await ask(path);
    assert.deepEqual([status, headers["content-type"]], [404, "text/plain; charset=utf-8"], path);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

test("other methods are refused with the list of those that work", async (t) => {
  const ask = await asker(t, await folderOf(t));
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, headers } = await ask("/", method);
    assert.deepEqual([status, headers.allow], [405, "GET, HEAD"]);
  }
});

test("health is answered with and without pages, and without pages nothing else is", async (t) => {
  const withPages = await asker(t, await folderOf(t));
  const without = await asker(t, undefined);
  for (const ask of [withPages, without]) {
    const { status, body, headers } = await ask("/healthz");
    assert.deepEqual([status, body, headers["content-type"]], [200, '{"ok":true}', "application/json"]);
  }
  for (const path of ["/", "/room/r", "/assets/room.js"]) assert.equal((await without(path)).status, 404, path);
});

test("pages that are not built are answered in words", async (t) => {
  const ask = await asker(t, await loadPages(join(tmpdir(), "qsec2-there-is-no-such-folder")));
  const { status, body } = await ask("/");
  assert.equal(status, 503);
  assert.match(body, /npm run build/);
});
