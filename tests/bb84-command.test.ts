import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { readArguments } from "../scripts/bb84/arguments.js";

function bb84(...args: readonly string[]) {
  const script = ["--conditions=qsec2:source", "--import=tsx", "scripts/bb84/main.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...script, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The numbers in the lines of the ledger: its entries, what they take, and what is left. */
function ledgerOf(stdout: string) {
  const lines = stdout.split("\n\n")[1].split("\n").slice(2);
  return lines.map((line) =>
    line
      .match(/-?[\d,]+(?=\s|$)/g)!
      .slice(-2)
      .map((text) => Number(text.replaceAll(",", ""))),
  );
}

describe("npm run bb84", () => {
  it("prints a ledger that adds up to the secret bits", () => {
    const { status, stdout } = bb84("--qubits", "16384", "--noise", "0.01", "--seed", "command");
    assert.equal(status, 0);
    assert.match(stdout, /Both sides have the same key\./);
    const rows = ledgerOf(stdout);
    const [secret] = rows.pop()!;
    let balance = 0;
    for (const [bits, left] of rows) assert.equal(left, (balance += bits));
    assert.ok(balance === secret && secret >= 256);
  });

  it("tells an eavesdropper from noise", () => {
    assert.match(bb84("--noise", "0.03", "--eve", "1", "--seed", "a").stdout, /No key: 11 % errors or more\./);
    const few =
      /No key: 2,048 qubits are too few for an error rate of \d\.\d\d % in the sample, .* More of them may help\./;
    assert.match(bb84("--qubits", "2048", "--noise", "0.03", "--seed", "a").stdout, few);
  });

  it("does not call a channel without noise noisy when too few qubits went over it", () => {
    const { status, stdout } = bb84("--qubits", "1024", "--seed", "a");
    assert.equal(status, 0);
    assert.match(stdout, /No key: 1,024 qubits are too few for an error rate of 0\.00 % in the sample/);
    assert.doesNotMatch(stdout, /noisy/);
  });

  it("prints the same again with the seed that it names", () => {
    const { stdout } = bb84("--qubits", "5000", "--loss", "0.1", "--dark", "1e-4", "--eve", "0.05");
    const [, seed] = /The same again: --seed (.+)/.exec(stdout)!;
    const again = bb84("--qubits", "5000", "--loss", "0.1", "--dark", "1e-4", "--eve", "0.05", "--seed", seed);
    assert.equal(again.stdout, stdout);
  });

  it("prints a row for each value of a sweep, with what theory expects", () => {
    const { status, stdout } = bb84("--qubits", "4096", "--sweep", "eve=0,0.2,1", "--runs", "2");
    assert.equal(status, 0);
    for (const row of [/^0 .* 0\.00 \/ 0\.00/m, /^0\.2 .* \/ 5\.00 .* \/ 10\.00/m, /^1 .* \/ 25\.00 .* \/ 50\.00/m])
      assert.match(stdout, row);
  });

  it("refuses what it does not know or cannot be with exit code 2, the reason and its options", () => {
    const { status, stdout, stderr } = bb84("--eve", "2");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^--eve must be a number from 0 to 1\.$/m);
    assert.match(stderr, /npm run bb84 -- \[options\]/);
    assert.match(bb84("--minimum", "0").stderr, /^--minimum must be a number from 1 to 1000000\.$/m);
  });
});

describe("the arguments of npm run bb84", () => {
  for (const [args, reason] of [
    [["--runs", "5"], /--runs is for a table/],
    [["--noise", "0.6"], /--noise must be a number from 0 to 0\.5/],
    [["--loss", "-0.1"], /--loss/],
    [["--loss=-0.1"], /--loss must be a number from 0 to 1/],
    [["--qubits", "many"], /--qubits needs a number, not "many"/],
    [["--sweep", "seed=1"], /--sweep varies one of qubits, noise/],
    [["--sweep", "eve"], /--sweep needs a number/],
    [["--colour"], /Unknown option '--colour'/],
    [["65536"], /Unexpected argument '65536'/],
    [["--reconciliation", "turbo"], /--reconciliation is golay, ldpc, original/],
  ] as const) {
    it(`are refused as ${args.join(" ")}`, () => assert.throws(() => readArguments(args), reason));
  }

  it("make the channel's error rate, the loss and the eavesdropper options of an exchange", () => {
    const { options, swept, runs } = readArguments(["--noise", "0.03", "--loss", "0.25", "--eve-basis", "breidbart"]);
    assert.deepEqual(options.channel, { depolarising: 0.06, transmittance: 0.75 });
    assert.deepEqual(options.eavesdropper, { share: 1, basis: "breidbart" });
    assert.deepEqual([swept, runs], [null, 1]);
    assert.equal(readArguments([]).options.eavesdropper, undefined);
  });
});
