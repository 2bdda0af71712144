import { html, type TemplateResult } from "lit";
import { base } from "../../theme/base.js";
import { chip } from "../../theme/chip.js";
import { phaseOf, type ChannelPhase } from "../run.js";
import { RunElement } from "../run-element.js";
import { channelStyles } from "./channel-status.styles.js";
import { channelSentence } from "./sentence.js";

const TINT: Record<ChannelPhase, string> = {
  IDLE: "muted",
  EXCHANGING: "teal",
  SECURE: "teal",
  NOISY: "amber",
  EAVESDROPPER: "red",
};

/** State of the simulated quantum channel and the six steps of the latest run. */
export class QsecChannelStatus extends RunElement {
  static override styles = [base, chip, channelStyles];

  protected override render(): TemplateResult {
    const { run, words } = this;
    const phase = phaseOf(run);
    return html`
      <div class="head">
        <h3>${words.telemetry.channel}</h3>
        <span class="chip mono ${TINT[phase]}" part="phase">${phase}</span>
      </div>
      <div class="track ${TINT[phase]}" aria-hidden="true">
        ${[1, 2, 3, 4, 5, 6].map((step) => html`<span class=${step <= (run?.step ?? 0) ? "done" : ""}></span>`)}
      </div>
      <p class="line">
        ${run?.name ? html`<span>${words.telemetry.stepOf(run.step, words.telemetry.steps[run.name])}</span>` : ""}
        ${run ? html`<bdi class="muted">${words.telemetry.run(run.peer, run.attempt)}</bdi>` : ""}
      </p>
      <p class="sentence muted">${channelSentence(run, words)}</p>
    `;
  }
}
