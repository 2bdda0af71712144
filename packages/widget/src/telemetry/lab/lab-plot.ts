import { html, LitElement, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { en, type Words } from "../../locale/en.js";
import { percent } from "../../locale/format.js";
import { base } from "../../theme/base.js";
import { paletteProbes } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { Picture } from "../picture.js";
import { sweepRuns, sweepValues, type SweepName, type SweepPoint } from "./experiment.js";
import { labPlotStyles } from "./lab.styles.js";
import { drawSweep, type PlotContent } from "./plot.js";
import type { LabSettings } from "./settings.js";
import { theoryOf } from "./theory.js";

/** A finished or running sweep: its settings, and the points so far. */
export interface Sweep {
  readonly name: SweepName;
  readonly settings: LabSettings;
  readonly points: readonly SweepPoint[];
}

/** The points of a sweep on the line of theory, and the same as a table. */
export class QsecLabPlot extends LitElement {
  static override styles = [base, paletteStyles, labPlotStyles];

  @property({ attribute: false }) words: Words = en;
  @property({ attribute: false }) sweep: Sweep | null = null;
  readonly #picture = new Picture(this, (pen, width, height, colours) => {
    if (this.sweep !== null) drawSweep(pen, width, height, this.#content(this.sweep), colours);
  });

  protected override updated(): void {
    this.#picture.draw();
  }

  #content(sweep: Sweep): PlotContent {
    const { lab } = this.words.panels;
    return {
      points: sweep.points,
      theory: theoryOf(sweep),
      end: sweepValues(sweep.name).at(-1)!,
      axis: lab.sweeps[sweep.name],
      limit: this.words.qber.limit,
      percent: (share) => percent(share, this.words.language, 0),
    };
  }

  protected override render(): TemplateResult | string {
    const { sweep, words } = this;
    if (sweep === null) return "";
    const { lab } = words.panels;
    const { language } = words;
    return html`<canvas role="img" aria-label=${lab.plot(lab.sweeps[sweep.name], sweep.points.length)}></canvas>
      ${paletteProbes}
      <p class="note muted">${lab.plotLegend(sweepRuns(sweep.settings))}</p>
      <details>
        <summary>${words.panels.charts.table}</summary>
        <table>
          <tr>
            <th scope="col">${lab.sweeps[sweep.name]}</th>
            <th scope="col">${lab.measured}</th>
            <th scope="col">${lab.theory}</th>
            <th scope="col">${lab.keys}</th>
          </tr>
          ${sweep.points.map(
            ({ value, qber, keys }) =>
              html`<tr>
                <th scope="row">${percent(value, language, 0)}</th>
                <td>${percent(qber.measured, language, 2)}</td>
                <td>${percent(qber.expected, language, 2)}</td>
                <td>${percent(keys, language, 0)}</td>
              </tr>`,
          )}
        </table>
      </details>`;
  }
}
