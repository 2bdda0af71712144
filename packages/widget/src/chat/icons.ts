import { svg } from "lit";
import { icon } from "../theme/icons.js";
import type { Mark } from "./model/entries.js";

const twoChecks = svg`<path d="m2.5 12.5 4.5 4.5L17 7M12.5 16.5l.5.5 9-10"/>`;

/** How far a message has come, drawn; a word stands beside each. */
export const markIcons: Readonly<Record<Mark, ReturnType<typeof icon>>> = {
  sending: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`),
  failed: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 8v4.5M12 16v.01"/>`),
  sent: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),
  delivered: icon(twoChecks),
  read: icon(twoChecks),
};

export const reactIcon = icon(
  svg`<circle cx="12" cy="12" r="8"/><path d="M8.8 14a4 4 0 0 0 6.4 0M9.3 9.8v.01M14.7 9.8v.01"/>`,
);
export const replyIcon = icon(svg`<path d="M10 6 4.5 11.5 10 17M5 11.5h8.5a6 6 0 0 1 6 6v.5"/>`);
export const copyIcon = icon(
  svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1"/>`,
);
export const editIcon = icon(
  svg`<path d="m4.5 19.5 1-4.2L16 4.8a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.7 18.5z"/>`,
);
export const deleteIcon = icon(
  svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.5 10.5v5.5M13.5 10.5v5.5"/>`,
);
export const searchIcon = icon(svg`<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>`);
export const upIcon = icon(svg`<path d="m6 14.5 6-6 6 6"/>`);
export const downChevronIcon = icon(svg`<path d="m6 9.5 6 6 6-6"/>`);
export const timerIcon = icon(svg`<circle cx="12" cy="13.5" r="7"/><path d="M12 9.5v4l2.5 1.5M9.5 3.5h5"/>`);
export const attachIcon = icon(
  svg`<path d="m19.5 11.5-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.6 1.6 0 0 1-2.2-2.2l7.3-7.3"/>`,
);
export const microphoneIcon = icon(
  svg`<rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
);
