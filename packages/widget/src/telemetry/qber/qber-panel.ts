import { html, svg, type TemplateResult } from "lit";
import { integer, percent } from "../../locale/format.js";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { verdictOf, type Verdict } from "../run.js";
import { RunElement } from "../run-element.js";
import { barPercent, LIMIT_PERCENT, statistics } from "./model.js";
import { qberStyles } from "./qber-panel.styles.js";

const TINT: Record<Verdict, string> = { pending: "muted", secure: "teal", aborted: "red" };

/** The error rate of the latest run against the 11 % limit, and the numbers behind it. */
export class QsecQberPanel extends RunElement {
  static override styles = [base, chip, qberStyles];

  protected override render(): TemplateResult {
    const { run, words } = this;
    const verdict = verdictOf(run);
    const rate = run?.qber ?? null;
    const text = rate === null ? "–" : percent(rate, words.language);
    return html`
      <div class="head">
        <h3>${words.qber.title} <span class="chip">${words.telemetry.simulated}</span></h3>
        <span class="chip ${TINT[verdict]}" part="verdict">${words.qber.verdict[verdict]}</span>
      </div>
      <p class="rate ${TINT[verdict]}"><span part="qber">${text}</span> <span class="unit">QBER</span></p>
      <div
        class="bar ${TINT[verdict]}"
        role="img"
        aria-label=${rate === null ? words.qber.barNone : words.qber.bar(text)}
      >
        <svg width="100%" height="100%" aria-hidden="true">
          <rect class="rail" width="100%" height="8" y="4" rx="4"></rect>
          ${rate === null ? "" : svg`<rect class="fill" width="${barPercent(rate)}%" height="8" y="4" rx="4"></rect>`}
          <line class="limit" x1="${LIMIT_PERCENT}%" x2="${LIMIT_PERCENT}%" y1="0" y2="16"></line>
        </svg>
        <span class="limit-label muted" aria-hidden="true">${words.qber.limit}</span>
      </div>
      <dl>
        ${statistics(run).map(
          ({ name, value }) =>
            html`<div>
              <dt>${words.qber[name]}</dt>
              <dd>
                ${value === null ? html`<span aria-hidden="true">–</span><span class="visually-hidden">${words.qber.none}</span>` : integer(value, words.language)}
              </dd>
            </div>`,
        )}
      </dl>
    `;
  }
}
