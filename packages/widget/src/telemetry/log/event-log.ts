import type { QsecSession, QsecSessionEventMap } from "@qsec2/sdk";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { preciseTime } from "../../locale/format.js";
import { isAtEnd, scrollToEnd } from "../../session/end-of-scroll.js";
import { SessionElement } from "../../session/session-element.js";
import { base } from "../../theme/base.js";
import { append, describeEvent, EMPTY_LOG, LOGGED, type Log, type LogEntry } from "./entries.js";
import { logStyles } from "./event-log.styles.js";

const TINT: Record<LogEntry["level"], string> = { info: "muted", good: "teal", warn: "amber", bad: "red" };

/** Every event of the session, one row each, newest last. Not a live region: the room announces what matters. */
export class QsecEventLog extends SessionElement {
  static override styles = [base, logStyles];

  @state() private log: Log = EMPTY_LOG;
  @query("ol") private readonly list!: HTMLElement | null;
  #follow = true;

  protected override reset(): void {
    this.log = EMPTY_LOG;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    for (const name of LOGGED) this.#listen(session, name, signal);
  }

  #listen<K extends keyof QsecSessionEventMap>(session: QsecSession, name: K, signal: AbortSignal): void {
    const record = ({ detail }: CustomEvent<QsecSessionEventMap[K]>): void => {
      this.log = append(this.log, describeEvent(name, detail, this.words), Date.now());
    };
    session.addEventListener(name, record, { signal });
  }

  protected override willUpdate(): void {
    this.#follow = this.list === null || isAtEnd(this.list);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#follow && this.list !== null) scrollToEnd(this.list);
  }

  protected override render(): TemplateResult {
    const { entries, dropped } = this.log;
    const { log } = this.words;
    return html`
      <h3>${log.title}</h3>
      ${dropped > 0 ? html`<p class="note muted">${log.dropped(dropped)}</p>` : ""}
      ${entries.length === 0 ? html`<p class="note muted">${log.empty}</p>` : this.#rows(entries)}
    `;
  }

  #rows(entries: readonly LogEntry[]): TemplateResult {
    const rows = repeat(
      entries,
      (entry) => entry.id,
      (entry) => this.#row(entry),
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
