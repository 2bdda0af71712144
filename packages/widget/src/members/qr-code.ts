import { html, svg, type TemplateResult } from "lit";
import { encode } from "uqr";

/** Light modules around the code, without which scanners do not find it (ISO/IEC 18004, 5.3.8). */
const QUIET_ZONE = 4;

/**
 * A text as a QR code: one path, dark on light in every theme, as scanners expect it. This module is loaded on first use.
 * @param label what a screen reader says in its place
 */
export function qrCode(text: string, label: string): TemplateResult {
  const { size, data } = encode(text, { ecc: "M", border: QUIET_ZONE });
  return html`<svg part="qr" class="qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}">
    ${svg`<rect width=${size} height=${size} fill="#fff" /><path d=${pathOf(data)} fill="#000" />`}
  </svg>`;
}

/** Each run of dark modules in a row as one rectangle. */
export function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join("");
}

function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    if (!dark) return;
    if (row[x - 1] === true) runs[runs.length - 1][1]++;
    else runs.push([x, 1]);
  });
  return runs;
}
