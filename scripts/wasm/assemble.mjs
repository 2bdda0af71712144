import { parse } from "./parse.mjs";

/**
 * Opcodes (WebAssembly specification, §5.4), each with how its immediate is written.
 * @type {Readonly<Record<string, readonly [opcode: readonly number[], immediate: "none" | "local" | "constant" | "label" | "memory"]>>}
 */
const INSTRUCTIONS = {
  br_if: [[0x0d], "label"],
  "local.get": [[0x20], "local"],
  "local.set": [[0x21], "local"],
  "i32.load": [[0x28], "memory"],
  "i32.const": [[0x41], "constant"],
  "i32.eq": [[0x46], "none"],
  "i32.lt_u": [[0x49], "none"],
  "i32.add": [[0x6a], "none"],
  "i32.mul": [[0x6c], "none"],
  "i32.and": [[0x71], "none"],
  "i32.shl": [[0x74], "none"],
  "i32.shr_u": [[0x76], "none"],
  "v128.load": [[0xfd, 0x00], "memory"],
  "v128.store": [[0xfd, 0x0b], "memory"],
  "v128.or": [[0xfd, 0x50], "none"],
  "v128.xor": [[0xfd, 0x51], "none"],
  "i32x4.shl": [[0xfd, 0xab, 0x01], "none"],
  "i32x4.shr_u": [[0xfd, 0xad, 0x01], "none"],
};
const LOOP = 0x03;
const IF = 0x04;
const END = 0x0b;
const NO_RESULT = 0x40;
/** @type {Readonly<Record<string, number>>} */
const TYPES = { i32: 0x7f, v128: 0x7b };
/** Log₂ of the natural alignment of what is accessed. */
const ALIGNMENT = { "i32.load": 2, "v128.load": 4, "v128.store": 4 };
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Assembles a WebAssembly module out of the part of the text format that the sources of this repository use: one memory
 * and one function, both exported, without results; folded instructions; the instructions above. An assembler for the
 * whole format gives the same bytes.
 *
 * @param {string} text
 * @returns {Uint8Array}
 * @throws {Error} for anything else
 */
export function assemble(text) {
  const [module, memory, func] = list(parse(text));
  if (module !== "module") throw new Error("The text must be a module.");
  const { parameters, locals, body } = functionParts(list(func));
  const [, memoryExport, pages] = list(memory);
  const sections = [
    section(1, vector([[0x60, ...vector(parameters.map(({ type }) => [type])), ...vector([])]])),
    section(3, vector([[0]])),
    section(5, vector([[0x00, ...unsigned(Number(pages))]])),
    section(7, vector([exported(memoryExport, 0x02), exported(list(func)[1], 0x00)])),
    section(10, vector([sized([...vector(runs(locals)), ...body, END])])),
  ];
  return Uint8Array.from([...HEADER, ...sections.flat()]);
}

/** @param {readonly unknown[]} func */
function functionParts(func) {
  const declared = (/** @type {string} */ kind) =>
    func
      .map(list)
      .filter(([head]) => head === kind)
      .map(([, name, type]) => ({ name: atom(name), type: TYPES[atom(type)] }));
  const [parameters, locals] = [declared("param"), declared("local")];
  const names = [...parameters, ...locals].map(({ name }) => name);
  const instructions = func.slice(1).filter((part) => !["export", "param", "local"].includes(atom(list(part)[0])));
  return { parameters, locals, body: instructions.flatMap((part) => instruction(part, names, [])) };
}

/**
 * @param {unknown} expression
 * @param {readonly string[]} names of the locals
 * @param {readonly string[]} labels of the blocks around it, the innermost first
 * @returns {number[]}
 */
function instruction(expression, names, labels) {
  const [head, ...rest] = list(expression);
  const name = atom(head);
  const all = (/** @type {readonly unknown[]} */ parts, /** @type {readonly string[]} */ inside) =>
    parts.flatMap((part) => instruction(part, names, inside));
  if (name === "loop") return [LOOP, NO_RESULT, ...all(rest.slice(1), [atom(rest[0]), ...labels]), END];
  if (name === "if") {
    const [condition, then] = rest;
    return [...all([condition], labels), IF, NO_RESULT, ...all(list(then).slice(1), ["", ...labels]), END];
  }
  if (!Object.hasOwn(INSTRUCTIONS, name)) throw new Error(`The assembler does not know ${name}.`);
  const [opcode, kind] = INSTRUCTIONS[name];
  const immediates = rest.filter((part) => typeof part === "string");
  const operands = rest.filter((part) => typeof part !== "string");
  return [...all(operands, labels), ...opcode, ...immediate(kind, name, immediates, names, labels)];
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {readonly string[]} written
 * @param {readonly string[]} names
 * @param {readonly string[]} labels
 * @returns {number[]}
 */
function immediate(kind, name, written, names, labels) {
  if (kind === "memory") {
    const offset = Number(/^offset=(\d+)$/.exec(written[0] ?? "offset=0")?.[1]);
    return [ALIGNMENT[/** @type {keyof typeof ALIGNMENT} */ (name)], ...unsigned(offset)];
  }
  if (written.length !== (kind === "none" ? 0 : 1)) throw new Error(`${name} has other immediates than it should.`);
  if (kind === "none") return [];
  if (kind === "constant") return signed(Number(written[0]));
  const index = (kind === "local" ? names : labels).indexOf(written[0]);
  if (index < 0) throw new Error(`There is no ${kind} ${written[0]}.`);
  return unsigned(index);
}

/** @param {unknown} expression @param {number} kind @returns {number[]} */
function exported(expression, kind) {
  const [head, name] = list(expression);
  if (head !== "export") throw new Error("The memory and the function must be exported.");
  return [...sized([...Buffer.from(atom(name).slice(1, -1))]), kind, 0];
}

/** Locals of one type that follow each other are declared together. @param {readonly { type: number }[]} locals */
function runs(locals) {
  /** @type {{ count: number, type: number }[]} */
  const out = [];
  for (const { type } of locals) {
    const last = out.at(-1);
    if (last?.type === type) last.count++;
    else out.push({ count: 1, type });
  }
  return out.map(({ count, type }) => [...unsigned(count), type]);
}

/** @param {number} id @param {readonly number[]} content */
function section(id, content) {
  return [id, ...sized(content)];
}

/** @param {readonly (readonly number[])[]} items @returns {number[]} */
function vector(items) {
  return [...unsigned(items.length), ...items.flat()];
}

/** @param {readonly number[]} bytes */
function sized(bytes) {
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128 (§5.2.2). @param {number} value @returns {number[]} */
function unsigned(value) {
  if (!Number.isInteger(value) || value < 0) throw new Error("A number is missing, or is none.");
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** @param {number} value @returns {number[]} */
function signed(value) {
  if (!Number.isInteger(value)) throw new Error("A constant must be a whole number.");
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

/** @param {unknown} expression @returns {readonly unknown[]} */
function list(expression) {
  return Array.isArray(expression) ? expression : [];
}

/** @param {unknown} expression @returns {string} */
function atom(expression) {
  if (typeof expression !== "string") throw new Error("A word is missing.");
  return expression;
}
