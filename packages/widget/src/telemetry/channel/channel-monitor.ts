import { html, type PropertyValues, type TemplateResult } from "lit";
import { percent } from "../../locale/format.js";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { paletteProbes } from "../../theme/palette.js";
import { paletteStyles } from "../../theme/palette.styles.js";
import { AnimationLoop } from "../animation.js";
import { Picture } from "../picture.js";
import { phaseOf, type ChannelPhase, type Run } from "../run.js";
import { RunElement } from "../run-element.js";
import { countTemplate } from "../value.js";
import { monitorStyles } from "./channel-monitor.styles.js";
import { channelStyles } from "./channel-status.styles.js";
import { drawChannel, PHASE_COLOUR, type Screen } from "./draw.js";
import { channelNumbers } from "./numbers.js";
import { channelSentence } from "./sentence.js";
import { SWEEP_TIME, FLIGHT_TIME } from "./signal.js";

/** A still shows the photons in the middle of their way, and an ended run's trace in full. */
const STILL = 20_000;

/**
 * The simulated quantum channel as on an oscilloscope: photons while qubits are sent, then a trace that is smooth where
 * the run gave a key, rough where it was too noisy, and broken where somebody listened. The numbers behind it stand below.
 *
 * @tagname qsec-channel-monitor
 * @csspart canvas - The screen
 * @csspart phase - The word for the state of the channel
 * @csspart number - One of the numbers
 */
export class QsecChannelMonitor extends RunElement {
  static override styles = [base, chip, paletteStyles, channelStyles, monitorStyles];

  #time = 0;
  #since = 0;
  #phase: ChannelPhase = "IDLE";
  #afterExchange = false;
  /** The run whose phase is shown: another one begins from the left again. */
  #shown: string | null = null;
  readonly #loop = new AnimationLoop(this, (elapsed) => this.#advance(elapsed));
  readonly #picture = new Picture(this, (pen, width, height, colours) =>
    drawChannel(pen, width, height, this.#screen(), colours),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const phase = phaseOf(this.run);
    const which = this.run === null ? null : `${this.run.peerId} ${this.run.attempt}`;
    if (phase === this.#phase && which === this.#shown) return;
    this.#afterExchange = this.#phase === "EXCHANGING" || (phase !== "IDLE" && which !== this.#shown);
    [this.#phase, this.#shown, this.#since] = [phase, which, 0];
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#loop.wanted = this.#phase !== "IDLE";
    this.#picture.draw();
  }

  #advance(elapsed: number): void {
    this.#time += elapsed;
    this.#since += elapsed;
    if (this.#since > Math.max(SWEEP_TIME, FLIGHT_TIME)) this.#afterExchange = false;
    this.#picture.draw();
  }

  #screen(): Screen {
    const [phase, time] = [this.#phase, this.#time];
    if (!this.#loop.running) return { phase, time, since: STILL, afterExchange: false };
    return { phase, time, since: this.#since, afterExchange: this.#afterExchange };
  }

  #label(run: Run | null): string {
    const { words } = this;
    const { monitor, channelNumber } = words.panels;
    const numbers = channelNumbers(run).flatMap(({ name, value }) =>
      value === null ? [] : [`${channelNumber[name]}: ${value}`],
    );
    return monitor.label([`${this.#phase}. ${channelSentence(run, words)}`, ...numbers].join(" "));
  }

  protected override render(): TemplateResult {
    const { run, words } = this;
    const { channelNumber } = words.panels;
    const phase = phaseOf(run);
    const tint = PHASE_COLOUR[phase];
    const qber = run?.qber ?? null;
    return html`
      <div class="head">
        <h3>${words.telemetry.channel}</h3>
        <span class="chip mono ${tint}" part="phase">${phase}</span>
      </div>
      <canvas part="canvas" role="img" aria-label=${this.#label(run)}></canvas>
      ${paletteProbes}
      <div class="track ${tint}" aria-hidden="true">
        ${[1, 2, 3, 4, 5, 6].map((step) => html`<span class=${step <= (run?.step ?? 0) ? "done" : ""}></span>`)}
      </div>
      <p class="line">
        ${run?.name ? html`<span>${words.telemetry.stepOf(run.step, words.telemetry.steps[run.name])}</span>` : ""}
        ${run ? html`<bdi class="muted">${words.telemetry.run(run.peer, run.attempt)}</bdi>` : ""}
      </p>
      <p class="sentence muted">${channelSentence(run, words)}</p>
      <dl>
        ${channelNumbers(run).map(
          ({ name, value }) =>
            html`<div data-number=${name} part="number">
              <dt>${channelNumber[name]}</dt>
              <dd>${countTemplate(value, words)}</dd>
            </div>`,
        )}
        <div data-number="qber" part="number">
          <dt>QBER</dt>
          <dd>${qber === null ? countTemplate(null, words) : percent(qber, words.language)}</dd>
        </div>
      </dl>
    `;
  }
}
