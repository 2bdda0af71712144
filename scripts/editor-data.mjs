/** What Visual Studio Code reads to complete tags, attributes and CSS properties, from `custom-elements.json`. */

/** @typedef {{ name: string, description?: string }} Told */
/** @typedef {Told & { type?: { text: string }, default?: string }} Attribute */
/** @typedef {Told & { tagName: string, attributes?: Attribute[], events?: Told[], slots?: Told[], cssParts?: Told[], cssProperties?: Told[] }} Element */

/** @param {{ modules: { declarations?: any[] }[] }} manifest @returns {Element[]} the elements by name */
export function elementsOf({ modules }) {
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName !== undefined)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
}

/** For the setting `html.customData`. @param {readonly Element[]} elements */
export function htmlData(elements) {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tagName,
      description: markdown([element.description ?? "", list("Events", element.events), list("Slots", element.slots)]),
      attributes: (element.attributes ?? []).map(({ name, description, type }) => ({
        name,
        ...(description && { description: markdown([description]) }),
        ...(type?.text === "boolean" ? { valueSet: "v" } : valuesOf(type?.text)),
      })),
    })),
  };
}

/** For the setting `css.customData`. @param {readonly Element[]} elements */
export function cssData(elements) {
  /** @type {Map<string, Told>} */
  const properties = new Map();
  /** @type {Map<string, Told>} */
  const parts = new Map();
  for (const { cssProperties = [], cssParts = [] } of elements) {
    for (const property of cssProperties) properties.set(property.name, property);
    for (const part of cssParts) parts.set(part.name, part);
  }
  return {
    version: 1.1,
    properties: [...properties.values()].map(({ name, description }) => ({ name, description })),
    pseudoElements: [...parts.values()].map(({ name, description }) => ({ name: `::part(${name})`, description })),
  };
}

/** The values of a type like `"auto" | "light" | "dark"`. @param {string} [type] */
function valuesOf(type = "") {
  const values = Array.from(type.matchAll(/["']([^"']+)["']/g), ([, name]) => ({ name }));
  return values.length > 0 && { values };
}

/** @param {string} title @param {readonly Told[]} [entries] */
function list(title, entries = []) {
  if (entries.length === 0) return "";
  return [`**${title}**`, ...entries.map(({ name, description = "" }) => `- \`${name}\`: ${description}`)].join("\n");
}

/** @param {readonly string[]} parts */
function markdown(parts) {
  return { kind: "markdown", value: parts.filter((part) => part !== "").join("\n\n") };
}
