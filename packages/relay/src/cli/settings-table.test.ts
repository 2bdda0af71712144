import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { serveCommand } from "./serve.js";

interface Row {
  readonly variable: string;
  readonly default: string;
  readonly file: string;
  readonly title: string;
}

const ROW = /^\| `--([a-z-]+)` +\| `(QSEC2_[A-Z_]+)` +\| (?:`([^`]+)`|—) +\| [^|]+ \| `([^`]+)`: ([^|]+?) +\|$/;

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

/** The rows of the table in `docs/relay.md`, by option. */
function settingsTable(): ReadonlyMap<string, Row> {
  const page = read("../../../../docs/relay.md");
  const section = page.slice(page.indexOf("\n## Settings\n"));
  const lines = section.slice(0, section.indexOf("\n## ", 1)).split("\n");
  return new Map(
    lines
      .filter((line) => line.startsWith("| `--"))
      .map((line) => {
        const [, name, variable, value = "", file, title] = ROW.exec(line) ?? assert.fail(`not a row: ${line}`);
        return [name, { variable, default: value, file, title }];
      }),
  );
}

const table = settingsTable();

test("the table of settings has every option of the relay with its variable and its default, in the order of the help", () => {
  const { options } = serveCommand();
  assert.deepEqual(
    options.map(({ long, envVar, defaultValue }) => [long!.slice(2), envVar, textOf(defaultValue)]),
    [...table].map(([name, row]) => [name, row.variable, row.default]),
  );
});

for (const [name, { file, title }] of table) {
  test(`what --${name} does is shown by a test that is there`, () => {
    const source = read(`../${file}`);
    // Alone, or behind the name of a store in a title that several tests have.
    assert.ok(source.includes(`"${title}"`) || source.includes(`: ${title}\``), `${file} has no test '${title}'`);
  });
}

/** An option that is off without a value has none. */
function textOf(defaultValue: unknown): string {
  return typeof defaultValue === "string" || typeof defaultValue === "number" ? String(defaultValue) : "";
}
