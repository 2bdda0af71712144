/** Makes a field as high as its text where the browser does not by itself (`field-sizing`). */
export function fitToText(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  setHeight(field);
}

/** As high as its text; what the style sheet allows at least and at most still holds. */
export function setHeight(field: HTMLTextAreaElement): void {
  field.style.blockSize = "0";
  field.style.blockSize = `${field.scrollHeight}px`;
}
