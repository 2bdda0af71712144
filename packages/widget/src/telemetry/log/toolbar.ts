import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../../locale/en.js";
import { copyIcon, exportIcon, growIcon, pauseIcon, playIcon } from "./icons.js";
import { FILTERS, type Filter } from "./view.js";

export interface Toolbar {
  readonly words: Words;
  readonly filter: Filter;
  readonly search: string;
  /** How many rows have come since it was paused; null while it runs. */
  readonly paused: number | null;
  readonly copied: "copied" | "failed" | null;
  readonly onFilter: (filter: Filter) => unknown;
  readonly onSearch: (search: string) => unknown;
  readonly onPause: () => unknown;
  readonly onCopy: () => unknown;
  readonly onExport: () => unknown;
  /** Null where it is large already. */
  readonly onGrow: (() => unknown) | null;
}

export function toolbarTemplate(bar: Toolbar): TemplateResult {
  const { log } = bar.words.panels;
  const button = (name: string, label: string, shape: TemplateResult, click: () => unknown): TemplateResult =>
    html`<button class="square small" data-log=${name} aria-label=${label} title=${label} @click=${click}>
      ${shape}
    </button>`;
  const { paused } = bar;
  const said = bar.copied === null ? (paused === null ? "" : log.paused(paused)) : log[bar.copied];
  return html`<div class="tools" role="group" aria-label=${log.tools}>
      <input
        type="search"
        .value=${bar.search}
        aria-label=${log.search}
        placeholder=${log.search}
        @input=${({ target }: Event) => bar.onSearch((target as HTMLInputElement).value)}
      />
      <select
        aria-label=${log.filter}
        @change=${({ target }: Event) => bar.onFilter((target as HTMLSelectElement).value as Filter)}
      >
        ${FILTERS.map((name) => html`<option value=${name} ?selected=${name === bar.filter}>${log.filters[name]}</option>`)}
      </select>
      <span class="actions">
        ${button("pause", paused === null ? log.pause : log.resume, paused === null ? pauseIcon : playIcon, bar.onPause)}
        ${button("copy", log.copy, copyIcon, bar.onCopy)} ${button("export", log.export, exportIcon, bar.onExport)}
        ${bar.onGrow === null ? nothing : button("grow", log.grow, growIcon, bar.onGrow)}
      </span>
    </div>
    ${said === "" ? nothing : html`<p class="note muted" role="status">${said}</p>`}`;
}
