import assert from "node:assert/strict";
import { test } from "node:test";
import { Option } from "commander";
import { settleSwitches } from "./switches.js";

const OPTIONS = [
  new Option("--allow-plaintext").env("QSEC2_ALLOW_PLAINTEXT"),
  new Option("--no-pages").env("QSEC2_NO_PAGES"),
  new Option("--history <seconds>").env("QSEC2_HISTORY"),
  new Option("--json"),
];

function settled(value: string): NodeJS.ProcessEnv {
  const environment = { QSEC2_ALLOW_PLAINTEXT: value, QSEC2_HISTORY: "0", OTHER: "no" };
  settleSwitches(OPTIONS, environment);
  return environment;
}

test("a variable that says no is as if it were not there, and options with values keep theirs", () => {
  for (const no of ["0", "false", "FALSE", "no", "off", ""])
    assert.deepEqual(settled(no), { QSEC2_HISTORY: "0", OTHER: "no" }, no);
});

test("a variable that says yes stays", () => {
  for (const yes of ["1", "true", "True", "yes", "on"])
    assert.deepEqual(settled(yes), { QSEC2_ALLOW_PLAINTEXT: yes, QSEC2_HISTORY: "0", OTHER: "no" }, yes);
});

test("what is neither is refused with the name of the variable", () => {
  for (const neither of ["2", "maybe", " ", "none"])
    assert.throws(() => settled(neither), { code: "bad_option", message: /^QSEC2_ALLOW_PLAINTEXT is 1 / });
});
