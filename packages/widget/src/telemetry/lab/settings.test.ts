import assert from "node:assert/strict";
import { test } from "node:test";
import { QsecError } from "@qsec2/sdk";
import { DEFAULT_SETTINGS, fragmentOf, METHODS, settingsOf, STRATEGIES, type LabSettings } from "./settings.js";

test("a link carries every setting there and back", () => {
  for (const strategy of STRATEGIES)
    for (const method of METHODS) {
      const settings: LabSettings = {
        qubits: 4096,
        loss: 0.3,
        noise: 0.0125,
        strategy,
        share: 0.35,
        method,
        seed: "a-B-7",
      };
      assert.deepEqual(settingsOf(`#${fragmentOf(settings)}`), settings);
    }
});

test("a fragment that is not the laboratory's is left to others", () => {
  assert.equal(settingsOf(""), null);
  assert.equal(settingsOf("#AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"), null);
  assert.deepEqual(settingsOf("#lab&"), DEFAULT_SETTINGS);
});

test("a setting that is unknown or out of range is refused by its name", () => {
  for (const [fragment, name] of [
    ["qubits=63", "qubits"],
    ["qubits=1e9", "qubits"],
    ["qubits=100.5", "qubits"],
    ["loss=1", "loss"],
    ["noise=0.3", "noise"],
    ["noise=-0.1", "noise"],
    ["share=NaN", "share"],
    ["share=Infinity", "share"],
    ["strategy=toString", "strategy"],
    ["method=magic", "method"],
    ["seed=", "seed"],
    ["seed=%00", "seed"],
    [`seed=${"x".repeat(65)}`, "seed"],
    ["constructor=1", "constructor"],
  ] as const)
    assert.throws(
      () => settingsOf(`#lab&${fragment}`),
      (error) => error instanceof QsecError && error.code === "bad_option" && error.message.includes(`'${name}'`),
      fragment,
    );
});
