/** Waits until `read` gives something; throws what was waited for after `timeout` ms. */
export async function until<T>(what: string, read: () => T | null | undefined | false, timeout = 15_000): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const value = read();
    if (value !== null && value !== undefined && value !== false) return value;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first match in `root` or in the shadow trees below it. */
export function deep<E extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string): E | null {
  const start = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const found = start.querySelector<E>(selector);
  if (found !== null) return found;
  for (const element of start.querySelectorAll("*")) {
    if (element.shadowRoot === null) continue;
    const inner = deep<E>(element.shadowRoot, selector);
    if (inner !== null) return inner;
  }
  return null;
}

/** All that can be read in an element and the shadow trees below it, without styles. */
export function textOf(root: Node): string {
  if (root instanceof HTMLStyleElement) return "";
  if (root instanceof Text) return root.data;
  return [...shownChildren(root)].map(textOf).join(" ").replace(/\s+/g, " ");
}

function shownChildren(node: Node): Iterable<Node> {
  if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) return node.assignedNodes();
  return node instanceof Element && node.shadowRoot !== null ? node.shadowRoot.childNodes : node.childNodes;
}
