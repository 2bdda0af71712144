import type { QsecSessionEventMap } from "@qsec2/sdk";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query, queryAll, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { dialogStyles } from "../../dialog/dialog.styles.js";
import { preciseTime } from "../../locale/format.js";
import { isAtEnd, scrollToEnd } from "../../session/end-of-scroll.js";
import { base } from "../../theme/base.js";
import { buttons } from "../../theme/buttons.js";
import { closeIcon } from "../../theme/icons.js";
import { TelemetryElement } from "../telemetry-element.js";
import { append, describeEvent, EMPTY_LOG, LOGGED, type Log, type LogEntry } from "./entries.js";
import { logStyles } from "./event-log.styles.js";
import { toolbarTemplate } from "./toolbar.js";
import { asJsonLines, asText, newSince, rowsOf, type Filter } from "./view.js";

const TINT: Record<LogEntry["level"], string> = { info: "muted", good: "teal", warn: "amber", bad: "red" };

/**
 * Every event of the session, one row each, newest last: to be filtered, searched, paused, copied, exported, and read in a
 * dialog of its own. Not a live region: the room announces what matters.
 *
 * @tagname qsec-event-log
 * @csspart rows - The list of rows
 * @csspart dialog - The dialog with the same log
 */
export class QsecEventLog extends TelemetryElement {
  static override styles = [base, buttons, dialogStyles, logStyles];

  @state() private log: Log = EMPTY_LOG;
  /** What the log was when it was paused. */
  @state() private frozen: Log | null = null;
  @state() private filter: Filter = "all";
  @state() private search = "";
  @state() private isLarge = false;
  /** What became of the last copy. */
  @state() private copied: "copied" | "failed" | null = null;
  @query("dialog") private readonly dialog!: HTMLDialogElement | null;
  @queryAll("ol") private readonly lists!: NodeListOf<HTMLElement>;
  readonly #following = new WeakSet<HTMLElement>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.dialog?.close();
    this.isLarge = false;
  }

  protected override reset(): void {
    this.log = EMPTY_LOG;
    this.frozen = null;
  }

  protected override listenTo(source: EventTarget, signal: AbortSignal): void {
    for (const name of LOGGED) this.#listen(source, name, signal);
  }

  #listen<K extends keyof QsecSessionEventMap>(source: EventTarget, name: K, signal: AbortSignal): void {
    const record = (event: Event): void => {
      const { detail } = event as CustomEvent<QsecSessionEventMap[K]>;
      this.log = append(this.log, describeEvent(name, detail, this.words), Date.now());
    };
    source.addEventListener(name, record, { signal });
  }

  protected override willUpdate(): void {
    for (const list of this.lists) {
      if (isAtEnd(list)) this.#following.add(list);
      else this.#following.delete(list);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    for (const list of this.lists) if (this.#following.has(list) || list.scrollTop === 0) scrollToEnd(list);
  }

  get #rows(): readonly LogEntry[] {
    return rowsOf(this.frozen ?? this.log, this.filter, this.search);
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(asText(this.#rows));
      this.copied = "copied";
    } catch {
      this.copied = "failed";
    }
    setTimeout(() => (this.copied = null), 3_000);
  };

  /** Hands the rows that are shown to the browser as a file of JSON lines. */
  readonly #export = (): void => {
    const url = URL.createObjectURL(new Blob([asJsonLines(this.#rows)], { type: "application/x-ndjson" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: "qsec2-events.jsonl" });
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };

  readonly #grow = async (): Promise<void> => {
    this.isLarge = true;
    await this.updateComplete;
    this.dialog?.showModal();
    this.dialog?.querySelector("h2")?.focus();
    this.requestUpdate();
  };

  #tools(grow: (() => unknown) | null): TemplateResult {
    const { filter, search, frozen, copied, words } = this;
    return toolbarTemplate({
      ...{ words, filter, search, copied },
      paused: frozen === null ? null : newSince(frozen, this.log),
      onFilter: (to) => (this.filter = to),
      onSearch: (to) => (this.search = to),
      onPause: () => (this.frozen = this.frozen === null ? this.log : null),
      onCopy: this.#copy,
      onExport: this.#export,
      onGrow: grow,
    });
  }

  protected override render(): TemplateResult {
    const { log } = this.words;
    return html`
      <h3>${log.title}</h3>
      ${this.#tools(this.#grow)} ${this.#content()} ${this.isLarge ? this.#large() : nothing}
    `;
  }

  /** The same log once more, with room. */
  #large(): TemplateResult {
    const { log, room } = this.words;
    const close = (): void => {
      this.dialog?.close();
      this.isLarge = false;
    };
    return html`<dialog part="dialog" aria-labelledby="title" @close=${() => (this.isLarge = false)}>
      <div class="head">
        <h2 id="title" tabindex="-1">${log.title}</h2>
        <button class="square quiet" aria-label=${room.close} @click=${close}>${closeIcon}</button>
      </div>
      ${this.#tools(null)} ${this.#content()}
    </dialog>`;
  }

  #content(): TemplateResult {
    const { log, panels } = this.words;
    const { entries, dropped } = this.frozen ?? this.log;
    const rows = this.#rows;
    const note = entries.length === 0 ? log.empty : rows.length === 0 ? panels.log.nothing : null;
    return html`
      ${dropped > 0 ? html`<p class="note muted">${log.dropped(dropped)}</p>` : nothing}
      ${note === null ? this.#list(rows) : html`<p class="note muted">${note}</p>`}
    `;
  }

  #list(entries: readonly LogEntry[]): TemplateResult {
    const rows = repeat(
      entries,
      (entry) => entry.id,
      (entry) => guard([entry, this.words], () => this.#row(entry)),
    );
    return html`<ol part="rows" class="mono" tabindex="0" aria-label=${this.words.log.label}>
      ${rows}
    </ol>`;
  }

  #row({ at, tag, text, level }: LogEntry): TemplateResult {
    return html`<li>
      <time class="muted" datetime=${new Date(at).toISOString()}>${preciseTime(at, this.words.language)}</time>
      <span class="tag ${TINT[level]}">${tag}</span>
      <bdi class="text">${text}</bdi>
    </li>`;
  }
}
