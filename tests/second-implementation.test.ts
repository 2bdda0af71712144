import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

const PROGRAM = "examples/second-implementation/read.mjs";
const VECTORS = "docs/vectors/qsec2-v1.json";
const CONVERSATION = "docs/vectors/conversation.json";
const NOISE = "docs/vectors/noise.json";
const LDPC = "docs/vectors/ldpc.json";

function run(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

/** Runs the program on a copy of one of its files whose text was changed. */
function runChanged(file: string, change: (text: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-vectors-"));
  try {
    const text = readFileSync(file, "utf8");
    const changed = change(text);
    assert.notEqual(changed, text);
    const copy = join(folder, "changed.json");
    writeFileSync(copy, changed);
    return run(PROGRAM, ...[VECTORS, CONVERSATION, NOISE, LDPC].map((path) => (path === file ? copy : path)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Changes one character in the middle of the value of the n-th field of that name, from 0. */
function changeOne(field: string, nth = 0) {
  return (text: string): string => {
    const found = [...text.matchAll(new RegExp(`"${field}": "([^"]*)"`, "g"))][nth];
    const at = found.index + found[0].length - 1 - (found[1].length >> 1);
    return `${text.slice(0, at)}${text[at] === "a" ? "b" : "a"}${text.slice(at + 1)}`;
  };
}

interface Recorded {
  readonly frames: object[];
}

/** Changes the list of the frames that the relay saw. */
function changeFrames(change: (frames: object[]) => void) {
  return (text: string): string => {
    const recorded = JSON.parse(text) as Recorded;
    change(recorded.frames);
    return JSON.stringify(recorded);
  };
}

describe("examples/second-implementation", () => {
  it("makes every value of the vectors again and reads the recorded conversation", () => {
    const { status, lines, stderr } = run(PROGRAM);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(lines.at(-1)!, /^ok: \d+ values reproduced$/);
    assert.ok(lines.some((line) => line.endsWith("Hello Bob! Are the beans up?")));
  });

  const changes: readonly [string, string, (text: string) => string][] = [
    ["a message of a handshake", VECTORS, changeOne("M3")],
    ["a derived key of another handshake", VECTORS, changeOne("ck1", 3)],
    ["the key commitment", VECTORS, changeOne("kc")],
    ["a group frame", VECTORS, changeOne("group_frame")],
    ["the file", VECTORS, changeOne("blob")],
    ["the blocks that a noisy run keeps", NOISE, changeOne("keep_mask")],
    ["a bit that was measured, in the key of an LDPC block", LDPC, changeOne("reconciled")],
    ["the base matrix of an LDPC code", LDPC, changeOne("edges")],
    ["the room secret", CONVERSATION, changeOne("S")],
    ["a frame that the relay saw", CONVERSATION, changeOne("frame", 9)],
    ["a word that was said", CONVERSATION, changeOne("text")],
    ["the order of two frames", CONVERSATION, changeFrames((frames) => frames.push(...frames.splice(7, 1)))],
    ["a frame that is missing", CONVERSATION, changeFrames((frames) => frames.splice(8, 1))],
  ];
  for (const [what, file, change] of changes) {
    it(`fails and says where, if one thing is changed: ${what}`, () => {
      const { status, lines, stderr } = runChanged(file, change);
      assert.equal(status, 1);
      assert.match(lines.at(-1)!, /^failed: \d+ of the values differ$/);
      assert.match(stderr, /^wrong: /);
    });
  }

  it("imports nothing of the SDK", () => {
    const imports = [...readFileSync(PROGRAM, "utf8").matchAll(/\bfrom "([^"]+)"/g)].map(([, name]) => name);
    assert.ok(imports.length > 0);
    for (const name of imports) assert.match(name, /^(node:|@noble\/)/);
  });
});

describe("npm run vectors", () => {
  it("finds the committed vectors to be those that the code makes", () => {
    const script = ["--conditions=qsec2:source", "--import=tsx", "scripts/vectors/main.ts"];
    const { status, lines, stderr } = run(script[0], ...script.slice(1), "--check");
    assert.equal(stderr, "");
    assert.deepEqual(
      lines,
      [VECTORS, NOISE, LDPC, CONVERSATION].map((file) => `${file}: as the code makes it`),
    );
    assert.equal(status, 0);
  });
});
