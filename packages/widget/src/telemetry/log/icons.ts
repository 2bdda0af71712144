import { svg } from "lit";
import { icon } from "../../theme/icons.js";

export const pauseIcon = icon(svg`<path d="M8.5 5.5v13M15.5 5.5v13"/>`);
export const playIcon = icon(svg`<path d="M8 5.5v13l10.5-6.5z"/>`);
export const copyIcon = icon(
  svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5v-4h-11v11h4"/>`,
);
export const exportIcon = icon(svg`<path d="M12 4v10.5M7.5 10.5 12 15l4.5-4.5M5 19.5h14"/>`);
export const growIcon = icon(svg`<path d="M9.5 4.5h-5v5M14.5 4.5h5v5M9.5 19.5h-5v-5M14.5 19.5h5v-5"/>`);
