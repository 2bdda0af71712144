import { html, type TemplateResult } from "lit";
import type { Words } from "../locale/en.js";
import { integer } from "../locale/format.js";

/** A number, or a dash for one that the run has not reached; the dash is read out in words. */
export function countTemplate(value: number | null, words: Words): TemplateResult | string {
  if (value !== null) return integer(value, words.language);
  return html`<span aria-hidden="true">–</span><span class="visually-hidden">${words.qber.none}</span>`;
}
