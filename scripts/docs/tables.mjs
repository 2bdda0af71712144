/**
 * Writes the tables of the READMEs that say what the source says: between `<!-- table: NAME -->` and `<!-- /table -->`.
 *
 *     npm run docs:tables           needs a build
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { elementsOf } from "../editor-data.mjs";

/** @typedef {readonly (readonly string[])[]} Table the first row is its head */
/** @typedef {import("../editor-data.mjs").Element} Element */

const FILES = ["packages/widget/README.md", "packages/sdk/README.md", "packages/relay/README.md"];
const MARKED = /(<!-- table: ([\w -]+) -->\n)[\s\S]*?(<!-- \/table -->)/g;

/** @type {Readonly<Record<string, () => Table>>} */
const TABLES = {
  "qsec-room attributes": () => [
    ["attribute", "type", "default", ""],
    ...(room().attributes ?? []).map((attribute) => [
      code(attribute.name),
      type(attribute.type?.text),
      defaultOf(attribute),
      line(attribute.description),
    ]),
  ],
  "qsec-room events": () => told("event", room().events),
  "qsec-room slots": () => told("slot", room().slots),
  "qsec-room parts": () => told("part", room().cssParts),
  "custom properties": () => told("property", room().cssProperties),
  elements: () => [
    ["element", ""],
    ...elements().map(({ tagName, description }) => [code(`<${tagName}>`), line(description)]),
  ],
  "session events": () => [
    ["event", "`event.detail`", ""],
    ...["session/events.ts", "room/events.ts"].flatMap((file) => membersOf(`packages/sdk/src/${file}`, /EventMap$/)),
  ],
  "events to the relay": () => [
    ["event", "arguments", ""],
    ...membersOf("packages/sdk/src/wire/events.ts", /^ClientToRelayEvents$/),
  ],
  "events from the relay": () => [
    ["event", "arguments", ""],
    ...membersOf("packages/sdk/src/wire/events.ts", /^RelayToClientEvents$/),
  ],
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const file of FILES) writeFileSync(file, filled(file));
}

/** @returns {string[]} a sentence for each file whose tables are not those of the source */
export function outdatedTables() {
  return FILES.filter((file) => readFileSync(file, "utf8") !== filled(file)).map(
    (file) => `${file}: the tables are out of date; run npm run docs:tables`,
  );
}

/** @param {string} file */
function filled(file) {
  return readFileSync(file, "utf8").replace(MARKED, (_, begin, /** @type {string} */ name, end) => {
    const make = TABLES[name];
    if (!make) throw new Error(`${file}: there is no table "${name}"`);
    return `${begin}\n${markdown(make())}\n\n${end}`;
  });
}

/** @returns {Element[]} */
function elements() {
  return elementsOf(JSON.parse(readFileSync("packages/widget/dist/custom-elements.json", "utf8")));
}

/** @returns {Element} */
function room() {
  const [element] = elements().filter(({ tagName }) => tagName === "qsec-room");
  return element;
}

/** @param {string} what @param {readonly { name: string, description?: string }[]} [entries] @returns {Table} */
function told(what, entries = []) {
  return [[what, ""], ...entries.map(({ name, description }) => [code(name), line(description)])];
}

/** @param {{ default?: string }} attribute as the manifest writes it: the source of a literal */
function defaultOf({ default: value = '""' }) {
  return ['""', "null", "false"].includes(value) ? "" : code(value.replaceAll('"', ""));
}

/** The members of interfaces, with their types and comments. @param {string} file @param {RegExp} name @returns {string[][]} */
function membersOf(file, name) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) && name.test(statement.name.text))
    .flatMap((statement) => [.../** @type {ts.InterfaceDeclaration} */ (statement).members])
    .filter(ts.isPropertySignature)
    .map((member) => [
      code(member.name.getText().replaceAll('"', "")),
      type(argumentsOf(member.type?.getText())),
      line(
        ts
          .getJSDocCommentsAndTags(member)
          .map((comment) => text(comment.comment))
          .join(" "),
      ),
    ]);
}

/** Of a function its parameters, else the type itself. @param {string} [of] */
function argumentsOf(of = "") {
  return (/^\((.*)\) => void$/s.exec(of)?.[1] ?? of).replaceAll("readonly ", "").replaceAll(/\s+/g, " ");
}

/** @param {ts.JSDoc["comment"]} comment */
function text(comment) {
  if (comment === undefined || typeof comment === "string") return comment ?? "";
  return comment
    .map((part) => (part.kind === ts.SyntaxKind.JSDocText ? part.text : (part.name?.getText() ?? "")))
    .join("");
}

/** @param {string} [of] */
function type(of = "") {
  return of === "" ? "" : code(of.replaceAll(/\s*\|\s*/g, " or ").replaceAll('"', ""));
}

/** @param {string} of */
function code(of) {
  return `\`${of}\``;
}

/** One line of a table. @param {string} [of] */
function line(of = "") {
  return of
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\{@link (\w+)\}/g, "`$1`")
    .replaceAll("|", "\\|")
    .trim();
}

/** @param {Table} table */
function markdown([head, ...rows]) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
