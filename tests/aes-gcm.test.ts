import assert from "node:assert/strict";
import { testVectors } from "../packages/sdk/src/testing/vectors.js";
import { bundleSource } from "./support/bundle-source.js";
import { openBrowser } from "./support/person.js";

const PAGE = "http://localhost/";

testVectors("the browser's AES-256-GCM gives the published results", "aes_gcm_test.json", async (vectors) => {
  const code = await bundleSource("packages/sdk/src/testing/aes-gcm-vectors.ts");
  const { page, close } = await openBrowser("vectors", { allowed: [PAGE] });
  try {
    // Only a page of a secure context has WebCrypto; this one comes from nowhere else than here.
    await page.route(PAGE, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>AES</title>" }),
    );
    await page.route(`${PAGE}check.js`, (route) => route.fulfill({ contentType: "text/javascript", body: code }));
    await page.goto(PAGE);
    const count = await page.evaluate(async (json) => {
      const address = "/check.js";
      const { checkAesGcmVectors } = (await import(address)) as { checkAesGcmVectors(json: unknown): Promise<number> };
      return checkAesGcmVectors(json);
    }, vectors);
    assert.ok(count > 0);
  } finally {
    await close();
  }
});
