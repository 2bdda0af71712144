import { html, svg, type TemplateResult } from "lit";
import type { Words } from "../../locale/en.js";
import { integer } from "../../locale/format.js";
import { segmentsOf, type Account, type Segment } from "./ledger.js";

/** Space between two shares on the bar, in percent. */
const GAP = 0.4;

/**
 * A bar of all qubits, and below it what became of them, in the same order and with the same numbers: the bar can be read
 * without its colours.
 */
export function ledgerBar(account: Account | null, words: Words): TemplateResult {
  const { ledger } = words.panels;
  if (account === null) return html`<p class="muted ledger-none">${ledger.none}</p>`;
  const segments = segmentsOf(account);
  const count = (bits: number): string => integer(bits, words.language);
  const told = segments.map(({ name, bits }) => `${ledger.share[name]}: ${count(bits)}`).join(", ");
  return html`
    <div class="ledger" role="img" aria-label=${ledger.label(count(account.total), told)}>
      <svg width="100%" height="26" aria-hidden="true">${segments.map(segmentTemplate)}</svg>
    </div>
    <ol class="shares">
      ${segments.map(
        ({ name, bits }, i) =>
          html`<li data-share=${name}>
            <span class="swatch share-${name}" aria-hidden="true">${i + 1}</span>
            <span>${ledger.share[name]}</span>
            <span class="bits">${count(bits)}</span>
          </li>`,
      )}
    </ol>
  `;
}

function segmentTemplate({ name, start, length }: Segment, index: number): ReturnType<typeof svg> {
  const width = Math.max(length - GAP, 0.5);
  const number = length < 6 ? "" : svg`<text x="${start + width / 2}%" y="17.5">${index + 1}</text>`;
  return svg`<rect class="share-${name}" x="${start}%" width="${width}%" height="26" rx="3"></rect>${number}`;
}
