import type { DisclosedQubit } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import type { Words } from "../../locale/en.js";
import { decimal } from "../../locale/format.js";
import { compare } from "../bloch/model.js";
import { ketOf } from "../bloch/states.js";
import { pause, play, showQubit, SPEEDS, step, type Player } from "./player.js";

export interface SphereView {
  readonly words: Words;
  readonly qubits: readonly DisclosedQubit[];
  readonly player: Player;
  /** Changes the player as it is by then: two presses may come before the next rendering. */
  readonly change: (to: (player: Player) => Player) => void;
}

type State = DisclosedQubit["sent"];

/** What was sent, in which basis it was measured, and what came of it. */
export function detailsTemplate({ words, qubits, player }: SphereView): TemplateResult {
  const { sphere } = words.panels;
  const qubit = qubits.at(player.index);
  if (qubit === undefined) return html`<p class="muted">${words.bloch.idle}</p>`;
  const { sent, measured } = qubit;
  const ket = ({ basis, bit }: State): TemplateResult =>
    bit === null
      ? html`<span class="muted">${sphere.undisclosed}</span>`
      : html`<bdi class="ket ${tint(basis)}" dir="ltr">${ketOf(basis, bit)}</bdi> ${sphere.bit(bit)}`;
  const named = ({ basis }: State): TemplateResult =>
    html`<span class=${tint(basis)}>${basis === 0 ? words.bloch.rectilinear : words.bloch.diagonal}</span>`;
  // The result is not given away before the measurement is shown.
  const isOver = player.t >= 0.4;
  return html`<dl>
    <div data-detail="sent">
      <dt>${sphere.sent}</dt>
      <dd>${ket(sent)} · ${named(sent)}</dd>
    </div>
    <div data-detail="basis">
      <dt>${sphere.basis}</dt>
      <dd>${isOver ? named(measured) : "…"}</dd>
    </div>
    <div data-detail="result">
      <dt>${sphere.result}</dt>
      <dd>${isOver ? ket(measured) : "…"}</dd>
    </div>
    <div class="verdict" data-detail="verdict">
      <dt>${sphere.verdict}</dt>
      <dd>${isOver ? words.bloch[compare(qubit)] : "…"}</dd>
    </div>
  </dl>`;
}

function tint(basis: 0 | 1): string {
  return basis === 0 ? "teal" : "amber";
}

/** Play, pause, one back, one on, the place in the sequence and the speed. */
export function controlsTemplate(view: SphereView, isStill: boolean): TemplateResult {
  const { words, qubits, player, change } = view;
  const { sphere } = words.panels;
  const count = qubits.length;
  const isNone = count === 0;
  return html`<div class="controls" role="group" aria-label=${sphere.controls}>
    <button
      class="primary"
      data-do="play"
      ?disabled=${isNone || isStill}
      title=${isStill ? sphere.still : ""}
      @click=${() => change((now) => (now.playing ? pause(now) : play(now, count)))}
    >
      ${player.playing ? sphere.pause : sphere.play}
    </button>
    <button data-do="back" ?disabled=${isNone} @click=${() => change((now) => step(now, -1, count))}>
      ${sphere.back}
    </button>
    <button data-do="on" ?disabled=${isNone} @click=${() => change((now) => step(now, 1, count))}>${sphere.on}</button>
    <input
      type="range"
      min="1"
      max=${Math.max(count, 1)}
      .value=${String(player.index + 1)}
      ?disabled=${isNone}
      aria-label=${sphere.place}
      aria-valuetext=${words.bloch.place(player.index + 1, count)}
      @input=${({ target }: Event) => change((now) => showQubit(now, (target as HTMLInputElement).valueAsNumber - 1, count))}
    />
    <span class="place muted mono">${isNone ? "" : words.bloch.place(player.index + 1, count)}</span>
    <label>
      <span class="visually-hidden">${sphere.speed}</span>
      <select
        @change=${({ target }: Event) => change((now) => ({ ...now, speed: Number((target as HTMLSelectElement).value) }))}
      >
        ${SPEEDS.map(
          (speed) =>
            html`<option value=${speed} ?selected=${speed === player.speed}>
              ${sphere.times(decimal(speed, words.language))}
            </option>`,
        )}
      </select>
    </label>
  </div>`;
}

export function legendTemplate(words: Words): TemplateResult {
  const { sphere } = words.panels;
  return html`<p class="legend muted">
    <span><span class="dot teal"></span>${words.bloch.rectilinear}: <bdi dir="ltr">|0⟩ |1⟩</bdi></span>
    <span><span class="dot amber"></span>${words.bloch.diagonal}: <bdi dir="ltr">|+⟩ |−⟩</bdi></span>
    <span>${sphere.legendArrow}</span>
    <span>${sphere.legendSent}</span>
    <span>${sphere.legendRing}</span>
  </p>`;
}
