/** @typedef {string | readonly unknown[]} Expression an atom, or an array of the expressions in a pair of parentheses */

/**
 * Reads the S-expression of a text (WebAssembly specification, §6.3). Comments run from `;;` to the end of the line.
 * @param {string} text
 * @returns {Expression}
 * @throws {Error} for parentheses that do not match, or more than one expression
 */
export function parse(text) {
  const tokens = text.replace(/;;.*$/gm, "").match(/[()]|"[^"]*"|[^\s()"]+/g) ?? [];
  /** @type {Expression[][]} */
  const open = [[]];
  for (const token of tokens) {
    if (token === "(") open.push([]);
    else if (token !== ")") open.at(-1)?.push(token);
    else {
      const closed = open.pop();
      if (closed === undefined || open.length === 0) throw new Error("A parenthesis is closed that is not open.");
      open.at(-1)?.push(closed);
    }
  }
  if (open.length !== 1 || open[0].length !== 1)
    throw new Error("There must be one expression, with all of it closed.");
  return open[0][0];
}
