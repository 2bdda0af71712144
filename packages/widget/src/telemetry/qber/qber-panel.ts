import { html, svg, type TemplateResult } from "lit";
import { percent } from "../../locale/format.js";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { verdictOf, type Verdict } from "../run.js";
import { RunElement } from "../run-element.js";
import { countTemplate } from "../value.js";
import { boundOf } from "./bound.js";
import { accountOf } from "./ledger.js";
import { ledgerBar } from "./ledger-bar.js";
import { ledgerStyles } from "./ledger-bar.styles.js";
import { barPercent, keyRate, LIMIT_PERCENT, statistics } from "./model.js";
import { qberStyles } from "./qber-panel.styles.js";

const TINT: Record<Verdict, string> = { pending: "muted", secure: "teal", aborted: "red" };

/**
 * The error rate of the latest run against the 11 % limit with the bound that its sample gives, the account of its qubits,
 * and charts of all runs.
 *
 * @tagname qsec-qber-panel
 * @csspart verdict - The word for what the run came to
 * @csspart qber - The error rate
 * @csspart bound - What the sample says of the rest
 */
export class QsecQberPanel extends RunElement {
  static override styles = [base, chip, ledgerStyles, qberStyles];

  protected override render(): TemplateResult {
    const { run, words } = this;
    const { ledger } = words.panels;
    const verdict = verdictOf(run);
    const rate = run?.qber ?? null;
    const text = rate === null ? "–" : percent(rate, words.language);
    return html`
      <div class="head">
        <h3>${words.qber.title} <span class="chip">${words.telemetry.simulated}</span></h3>
        <span class="chip ${TINT[verdict]}" part="verdict">${words.qber.verdict[verdict]}</span>
      </div>
      <p class="rate ${TINT[verdict]}"><span part="qber">${text}</span> <span class="unit">QBER</span></p>
      ${this.#bar(rate, text, verdict)} ${this.#bound()}
      <dl>
        ${statistics(run).map(
          ({ name, value }) =>
            html`<div>
              <dt>${words.qber[name]}</dt>
              <dd>${countTemplate(value, words)}</dd>
            </div>`,
        )}
        <div>
          <dt>${ledger.rate}</dt>
          <dd>${this.#keyRate()}</dd>
        </div>
      </dl>
      <h4 class="muted">${ledger.title}</h4>
      ${ledgerBar(accountOf(run), words)}
      <qsec-qber-charts .words=${words} .runs=${this.runs}></qsec-qber-charts>
    `;
  }

  #bar(rate: number | null, text: string, verdict: Verdict): TemplateResult {
    const { qber } = this.words;
    return html`<div
      class="bar ${TINT[verdict]}"
      role="img"
      aria-label=${rate === null ? qber.barNone : qber.bar(text)}
    >
      <svg width="100%" height="100%" aria-hidden="true">
        <rect class="rail" width="100%" height="8" y="4" rx="4"></rect>
        ${rate === null ? "" : svg`<rect class="fill" width="${barPercent(rate)}%" height="8" y="4" rx="4"></rect>`}
        <line class="limit" x1="${LIMIT_PERCENT}%" x2="${LIMIT_PERCENT}%" y1="0" y2="16"></line>
      </svg>
      <span class="limit-label muted" aria-hidden="true">${qber.limit}</span>
    </div>`;
  }

  /** The interval in which the error rate of the kept bits lies, and how sure that is. */
  #bound(): TemplateResult | "" {
    const bound = boundOf(this.run);
    if (bound === null) return "";
    const { ledger } = this.words.panels;
    const { language } = this.words;
    const failure = bound.failure.toExponential(0).replace("e-", " · 10⁻").replace(/\d+$/, superscript);
    const text = ledger.bound(percent(bound.low, language), percent(bound.high, language), failure);
    return html`<p class="bound muted" part="bound">${text}</p>`;
  }

  #keyRate(): TemplateResult | string {
    const rate = keyRate(this.run);
    return rate === null ? countTemplate(null, this.words) : percent(rate, this.words.language);
  }
}

function superscript(digits: string): string {
  return digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
}
