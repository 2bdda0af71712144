import assert from "node:assert/strict";
import { test } from "node:test";
import { hideSecret, keptSecret, type HistoryLike } from "./kept-secret.js";

class FakeHistory implements HistoryLike {
  state: unknown = null;
  url = "";
  replaceState(state: unknown, _unused: string, url: string): void {
    this.state = structuredClone(state);
    this.url = url;
  }
}

test("the secret goes out of the address and stays with the entry of the history", () => {
  const history = new FakeHistory();
  hideSecret(history, { pathname: "/room/r", search: "?expected=2" }, "secret");
  assert.equal(history.url, "/room/r?expected=2");
  assert.equal(keptSecret(history), "secret");
});

test("what others keep with the entry is not taken for a secret", () => {
  for (const state of [null, "secret", 7, {}, { qsec2Secret: 7 }])
    assert.equal(keptSecret({ state, replaceState: () => undefined }), null);
});
