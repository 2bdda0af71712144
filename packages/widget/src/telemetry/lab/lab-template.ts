import { html, type TemplateResult } from "lit";
import type { Words } from "../../locale/en.js";
import { integer, percent } from "../../locale/format.js";
import type { Experiment } from "./experiment.js";
import { METHODS, QUBITS, STRATEGIES, type LabSettings } from "./settings.js";

type Change = (part: Partial<LabSettings>) => void;

/** A field for each setting; shares are set in percent. */
export function settingsTemplate(settings: LabSettings, words: Words, change: Change): TemplateResult {
  const { lab } = words.panels;
  const qubits = QUBITS.some((count) => count === settings.qubits) ? QUBITS : [...QUBITS, settings.qubits];
  const percentField = (name: "loss" | "noise" | "share", max: number, step: number): TemplateResult =>
    html`<label>
      <span>${lab.field[name]}</span>
      <input
        name=${name}
        type="number"
        min="0"
        max=${max}
        step=${step}
        required
        ?disabled=${name === "share" && settings.strategy === "none"}
        .value=${String(Math.round(settings[name] * 1e5) / 1e3)}
        @change=${({ target }: Event) => change({ [name]: (target as HTMLInputElement).valueAsNumber / 100 })}
      />
    </label>`;
  const choice = <T extends string | number>(
    name: "qubits" | "strategy" | "method",
    values: readonly T[],
    label: (value: T) => string,
  ): TemplateResult =>
    html`<label>
      <span>${lab.field[name]}</span>
      <select
        name=${name}
        @change=${({ target }: Event) => {
          const { value } = target as HTMLSelectElement;
          change({ [name]: name === "qubits" ? Number(value) : value });
        }}
      >
        ${values.map((value) => html`<option value=${value} ?selected=${value === settings[name]}>${label(value)}</option>`)}
      </select>
    </label>`;
  return html`
    ${choice("qubits", qubits, (count) => integer(count, words.language))} ${percentField("loss", 99, 0.1)}
    ${percentField("noise", 25, 0.1)} ${choice("strategy", STRATEGIES, (name) => lab.strategy[name])}
    ${percentField("share", 100, 1)} ${choice("method", METHODS, (name) => lab.method[name])}
    <label>
      <span>${lab.field.seed}</span>
      <input
        name="seed"
        required
        pattern="[A-Za-z0-9\\-]{1,64}"
        autocomplete="off"
        .value=${settings.seed}
        @change=${({ target }: Event) => change({ seed: (target as HTMLInputElement).value })}
      />
    </label>
  `;
}

/** What was counted in the run, beside what theory expects of it. */
export function comparedTemplate(
  { stats: { tally, expected }, verdict, ledger }: Experiment,
  words: Words,
): TemplateResult {
  const { lab } = words.panels;
  const share = (part: number, whole: number): string => (whole === 0 ? "–" : percent(part / whole, words.language, 2));
  const rate = (value: number): string => percent(value, words.language, 2);
  const rows: readonly (readonly [keyof typeof lab.quantity, string, string])[] = [
    ["gain", share(tally.detected, tally.sent), rate(expected.gain)],
    ["sifted", share(tally.sifted, tally.sent), rate(expected.sifted)],
    ["qber", share(tally.errors, tally.sifted), rate(expected.qber)],
    ["known", share(tally.eavesdropper.known, tally.sifted), rate(expected.eavesdropper.known)],
  ];
  return html`<table data-verdict=${verdict}>
      <tr>
        <th scope="col">${lab.quantityOf}</th>
        <th scope="col">${lab.measured}</th>
        <th scope="col">${lab.theory}</th>
      </tr>
      ${rows.map(
        ([name, measured, theory]) =>
          html`<tr data-quantity=${name}>
            <th scope="row">${lab.quantity[name]}</th>
            <td>${measured}</td>
            <td>${theory}</td>
          </tr>`,
      )}
    </table>
    <p class="note">${lab.verdict[verdict](integer(ledger.secret, words.language))}</p>`;
}
