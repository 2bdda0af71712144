/** Shows a sentence beside a field, or takes it away. The field must have an element `<id>-error`. */
export function showFieldError(field: HTMLInputElement, message: string | undefined): void {
  const note = document.getElementById(`${field.id}-error`);
  if (note === null) return;
  note.textContent = message ?? "";
  note.hidden = message === undefined;
  if (message === undefined) field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
}

/** The input with this id; the pages are written together with their scripts, so a missing one is a mistake there. */
export function inputById(id: string): HTMLInputElement {
  const element = document.getElementById(id);
  if (element instanceof HTMLInputElement) return element;
  throw new TypeError(`The page has no input "${id}".`);
}
