/** How far from the end still counts as reading the end, CSS pixels. */
const NEAR = 48;

export function isAtEnd(list: Element): boolean {
  return list.scrollHeight - list.scrollTop - list.clientHeight <= NEAR;
}

export function scrollToEnd(list: Element): void {
  list.scrollTop = list.scrollHeight;
}
