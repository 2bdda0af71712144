import type { BB84StepName } from "@qsec2/sdk";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { base } from "../../theme/base.js";
import { buttons } from "../../theme/buttons.js";
import { RunElement } from "../run-element.js";
import { explanationStyles } from "./explanation.styles.js";
import { SOURCES } from "./sources.js";

const STEPS = ["generate", "send", "measure", "bases", "sift", "derive"] as const satisfies readonly BB84StepName[];

/**
 * Step by step: what a step of the exchange is, what the relay sees of it, and what an eavesdropper would change, with its
 * source. It follows the run until the person goes through the steps by hand.
 *
 * @tagname qsec-explanation
 */
export class QsecExplanation extends RunElement {
  static override styles = [base, buttons, explanationStyles];

  @state() private isOpen = false;
  /** The step that the person has chosen, 0 … 5; null: that of the run. */
  @state() private chosen: number | null = null;

  protected override reset(): void {
    super.reset();
    this.chosen = null;
  }

  get #shown(): number {
    return this.chosen ?? Math.max((this.run?.step ?? 1) - 1, 0);
  }

  #go(by: 1 | -1): void {
    this.chosen = Math.min(Math.max(this.#shown + by, 0), STEPS.length - 1);
  }

  protected override render(): TemplateResult {
    const { explain } = this.words.panels;
    return html`
      <button class="small" aria-expanded=${this.isOpen} @click=${() => (this.isOpen = !this.isOpen)}>
        ${this.isOpen ? explain.close : explain.open}
      </button>
      ${this.isOpen ? this.#step() : nothing}
    `;
  }

  #step(): TemplateResult {
    const { words } = this;
    const { explain } = words.panels;
    const at = this.#shown;
    const name = STEPS[at];
    const { what, relay, eve } = explain.step[name];
    const isFollowing = this.chosen === null || this.run === null;
    return html`
      <h3 class="title">${words.telemetry.stepOf(at + 1, words.telemetry.steps[name])}</h3>
      <dl data-step=${name}>
        <dt>${explain.what}</dt>
        <dd>${what}</dd>
        <dt>${explain.relay}</dt>
        <dd>${relay}</dd>
        <dt>${explain.eve}</dt>
        <dd>${eve}</dd>
        <dt>${explain.source}</dt>
        <dd class="sources">${SOURCES[name].map((source) => html`<bdi dir="ltr" lang="en">${source}</bdi>`)}</dd>
      </dl>
      <div class="actions" role="group" aria-label=${explain.steps}>
        <button class="small" data-go="back" ?disabled=${at === 0} @click=${() => this.#go(-1)}>${explain.back}</button>
        <button class="small" data-go="on" ?disabled=${at === STEPS.length - 1} @click=${() => this.#go(1)}>
          ${explain.on}
        </button>
        ${
          isFollowing
            ? nothing
            : html`<button class="small quiet" data-go="run" @click=${() => (this.chosen = null)}>
                ${explain.follow}
              </button>`
        }
      </div>
    `;
  }
}
