import { css } from "lit";

/**
 * The design tokens of every element. `--qsec-*` is what an embedder may set, on any ancestor; `--_*` is what the
 * styles read. Colours are pairs for `light-dark()`, so that `color-scheme` alone picks the theme.
 *
 * @cssprop --qsec-font - Text font stack
 * @cssprop --qsec-font-mono - Font stack of numbers, codes and logs
 * @cssprop --qsec-font-size - Base size of the text
 * @cssprop --qsec-bg - Background of the conversation
 * @cssprop --qsec-surface - Background of the side columns, the header and dialogs
 * @cssprop --qsec-raised - Background of what stands on a surface: fields, the bubbles of others
 * @cssprop --qsec-line - Hairlines between regions
 * @cssprop --qsec-border - Outline of fields and buttons
 * @cssprop --qsec-text - Text
 * @cssprop --qsec-muted - Secondary text
 * @cssprop --qsec-teal - Rectilinear basis, and all that is secure
 * @cssprop --qsec-amber - Diagonal basis, and all that is noisy or unverified
 * @cssprop --qsec-red - Eavesdropper, aborts, errors
 * @cssprop --qsec-accent - Background of the main button
 * @cssprop --qsec-on-accent - Text on the main button
 * @cssprop --qsec-own - Background of one's own bubbles
 * @cssprop --qsec-radius - Corner radius of fields, buttons and panels
 */
export const tokens = css`
  :host {
    --_font: var(
      --qsec-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Helvetica Neue",
      "Noto Sans",
      "Liberation Sans",
      Arial,
      sans-serif
    );
    --_mono: var(
      --qsec-font-mono,
      ui-monospace,
      "SF Mono",
      "Cascadia Mono",
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace
    );
    --_size: var(--qsec-font-size, 0.9375rem);
    --_bg: var(--qsec-bg, light-dark(#ffffff, #0f1214));
    --_surface: var(--qsec-surface, light-dark(#f6f8f8, #14181b));
    --_raised: var(--qsec-raised, light-dark(#edf1f1, #1d2327));
    --_line: var(--qsec-line, light-dark(#e0e6e6, #242b30));
    --_border: var(--qsec-border, light-dark(#84929a, #66747d));
    --_text: var(--qsec-text, light-dark(#16201f, #e7ecee));
    --_muted: var(--qsec-muted, light-dark(#53626a, #9aa7ae));
    --_teal: var(--qsec-teal, light-dark(#08716a, #4cc9b8));
    --_amber: var(--qsec-amber, light-dark(#855300, #e6b052));
    --_red: var(--qsec-red, light-dark(#b3251e, #ff8a80));
    --_accent: var(--qsec-accent, light-dark(#0a756d, #3fbfae));
    --_on-accent: var(--qsec-on-accent, light-dark(#ffffff, #04211d));
    --_own: var(--qsec-own, light-dark(#d9f0ec, #143c38));
    --_teal-soft: color-mix(in srgb, var(--_teal) 12%, transparent);
    --_amber-soft: color-mix(in srgb, var(--_amber) 13%, transparent);
    --_red-soft: color-mix(in srgb, var(--_red) 11%, transparent);
    --_radius: var(--qsec-radius, 0.625rem);
  }
`;
