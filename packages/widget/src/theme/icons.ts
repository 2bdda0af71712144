import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** Drawn on a 24-unit grid with a 1.75 stroke in the colour of the text. They only accompany words: `aria-hidden`. */
export const icon = (shapes: SVGTemplateResult): TemplateResult =>
  html`<svg
    class="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shapes}
  </svg>`;

export const lockIcon = icon(
  svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>`,
);
export const keyIcon = icon(svg`<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5 19.5 4M15.5 8l3 3"/>`);
export const shieldIcon = icon(
  svg`<path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6z"/><path d="m9 11.8 2.2 2.2 4-4.2"/>`,
);
export const alertIcon = icon(svg`<path d="M12 4 3.2 19.5h17.6z"/><path d="M12 10v4.2M12 17v.01"/>`);
export const crownIcon = icon(svg`<path d="M4.5 17.5 3.5 8l5 3.5L12 5.5l3.5 6 5-3.5-1 9.5z"/>`);
export const linkIcon = icon(
  svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-.8.8M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l.8-.8"/>`,
);
export const checkIcon = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const closeIcon = icon(svg`<path d="m6.5 6.5 11 11m0-11-11 11"/>`);
export const menuIcon = icon(svg`<path d="M4.5 7.5h15M4.5 12h15M4.5 16.5h9"/>`);
export const pulseIcon = icon(svg`<path d="M3.5 12.5h4l2.5-7 4 13 2.5-6h4"/>`);
export const sendIcon = icon(svg`<path d="M12 19V5.5M6 11.5l6-6 6 6"/>`);
export const downIcon = icon(svg`<path d="M12 5v13.5M6 12.5l6 6 6-6"/>`);
export const leaveIcon = icon(
  svg`<path d="M10 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h3M15 8l4 4-4 4M19 12H9.5"/>`,
);
export const eyeIcon = icon(
  svg`<path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.6"/>`,
);
export const retryIcon = icon(svg`<path d="M19 12a7 7 0 1 1-2.1-5M19.5 4v4.2h-4.2"/>`);
export const circleIcon = icon(svg`<circle cx="12" cy="12" r="7"/>`);
export const swapIcon = icon(svg`<path d="M5 9h13l-3.5-3.5M19 15H6l3.5 3.5"/>`);
export const stopIcon = icon(svg`<circle cx="12" cy="12" r="8"/><path d="m9 9 6 6m0-6-6 6"/>`);
export const shareIcon = icon(svg`<path d="M12 14.5V4M8 7.5 12 3.5l4 4M7 11H5.5v8.5h13V11H17"/>`);
export const qrIcon = icon(
  svg`<path d="M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h2.5v2.5M19.5 13.5v.01M19.5 17v2.5H17M13.5 19.5v.01"/>`,
);
export const removeIcon = icon(
  svg`<circle cx="10" cy="8" r="3.6"/><path d="M3.5 19.5c.5-3.6 3-5.5 6.5-5.5 1 0 2 .2 2.8.5M15 18h5.5"/>`,
);
export const knockIcon = icon(
  svg`<path d="M6.5 20V5.5A1.5 1.5 0 0 1 8 4h8a1.5 1.5 0 0 1 1.5 1.5V20M4 20h16M14 12v.01"/>`,
);
export const trashIcon = icon(svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5"/>`);
