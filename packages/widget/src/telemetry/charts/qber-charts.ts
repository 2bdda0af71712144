import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { en, type Words } from "../../locale/en.js";
import { integer, percent } from "../../locale/format.js";
import { base } from "../../theme/base.js";
import { buttons } from "../../theme/buttons.js";
import { livePalette, paletteProbes, type Palette } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { QBER_LIMIT } from "../run.js";
import { NO_RUNS, type Runs } from "../runs.js";
import type { ShownChart } from "./charts.js";
import { funnelOf, ratePoints } from "./data.js";
import { chartStyles } from "./qber-charts.styles.js";

/**
 * The error rate of each exchange against the 11 % line, and how many bits are left at each stage of the latest. Chart.js
 * is fetched when they are opened, and everything is freed when they are closed. The numbers stand in tables below.
 */
export class QsecQberCharts extends LitElement {
  static override styles = [base, buttons, paletteStyles, chartStyles];

  @property({ attribute: false }) words: Words = en;
  @property({ attribute: false }) runs: Runs = NO_RUNS;
  @property({ type: Boolean }) open = false;
  @state() private failed = false;
  @query(".rates") private readonly rates!: HTMLCanvasElement | null;
  @query(".funnel") private readonly funnel!: HTMLCanvasElement | null;

  #charts: readonly ShownChart[] = [];
  #palette: (() => Palette) | null = null;
  #watch: AbortController | null = null;
  #stale = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    document.addEventListener("visibilitychange", () => this.#stale && this.#draw(), { signal });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.abort();
    this.#dispose();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!this.open) this.#dispose();
    else if (this.#charts.length === 0) void this.#load();
    else this.#draw();
  }

  async #load(): Promise<void> {
    try {
      const { funnelChart, rateChart } = await import("./charts.js");
      // Closed, taken out or loaded twice while the code was on its way.
      if (!this.open || !this.isConnected || this.#charts.length > 0 || !this.rates || !this.funnel) return;
      this.#palette = livePalette(this.renderRoot);
      this.#charts = [rateChart(this.rates), funnelChart(this.funnel)];
      this.failed = false;
      this.#draw();
    } catch {
      this.failed = true;
    }
  }

  readonly #draw = (): void => {
    this.#stale = document.hidden;
    if (this.#palette === null || document.hidden) return;
    const { charts, ledger } = this.words.panels;
    const content = {
      rates: ratePoints(this.runs.ended),
      funnel: funnelOf(this.runs.current),
      limit: QBER_LIMIT * 100,
      words: {
        limit: this.words.qber.limit,
        exchange: charts.exchange,
        stages: { ...charts.stage, sifted: ledger.sifted },
        language: this.words.language,
      },
    };
    const colours = this.#palette();
    for (const chart of this.#charts) chart.show(content, colours);
  };

  #dispose(): void {
    for (const chart of this.#charts) chart.dispose();
    this.#charts = [];
  }

  protected override render(): TemplateResult {
    const { charts } = this.words.panels;
    return html`
      <button class="small" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
        ${this.open ? charts.close : charts.open}
      </button>
      ${this.open ? this.#content() : nothing}
    `;
  }

  #content(): TemplateResult {
    const { charts } = this.words.panels;
    const { language } = this.words;
    const points = ratePoints(this.runs.ended);
    const stages = { ...charts.stage, sifted: this.words.panels.ledger.sifted };
    const rates = points.map(({ number, percent: rate, keyed }) => [
      charts.place(number, this.words.qber.verdict[keyed ? "secure" : "aborted"]),
      percent(rate / 100, language),
    ]);
    const funnel = funnelOf(this.runs.current).map(({ stage, bits }) => [
      stages[stage],
      bits === null ? "–" : integer(bits, language),
    ]);
    return html`
      ${this.failed ? html`<p class="note amber" role="status">${charts.failed}</p>` : nothing}
      <h4>${charts.rates}</h4>
      <div class="box" ?hidden=${this.failed}>
        <canvas class="rates" role="img" aria-label=${charts.rates} @transitionend=${this.#draw}></canvas>
      </div>
      ${points.length === 0 ? html`<p class="note muted">${charts.none}</p>` : this.#table(rates)}
      <h4>${charts.funnel}</h4>
      <div class="box" ?hidden=${this.failed}>
        <canvas class="funnel" role="img" aria-label=${charts.funnel}></canvas>
      </div>
      ${this.#table(funnel)} ${paletteProbes}
    `;
  }

  #table(rows: readonly (readonly string[])[]): TemplateResult {
    return html`<details ?open=${this.failed}>
      <summary>${this.words.panels.charts.table}</summary>
      <table>
        ${rows.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </table>
    </details>`;
  }
}
