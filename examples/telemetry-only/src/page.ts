/** What there is on the page. */
export function byId<E extends HTMLElement = HTMLButtonElement>(id: string): E {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element as E;
}

export const panels = [
  document.querySelector("qsec-channel-monitor")!,
  document.querySelector("qsec-explanation")!,
  document.querySelector("qsec-bloch-sphere")!,
  document.querySelector("qsec-qber-panel")!,
  document.querySelector("qsec-event-log")!,
];

export function say(text: string): void {
  document.querySelector("[role=status]")!.textContent = text;
}
