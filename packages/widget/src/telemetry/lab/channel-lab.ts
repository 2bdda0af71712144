import { QsecError } from "@qsec2/sdk";
import { html, isServer, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Words } from "../../locale/en.js";
import { Language } from "../../locale/language.js";
import { base } from "../../theme/base.js";
import { buttons } from "../../theme/buttons.js";
import { chip } from "../../theme/chip.js";
import { TraceReplay } from "../trace/replay.js";
import { reducedMotion } from "../animation.js";
import { runExperiment, sweepInSlices, sweepValues, type Experiment, type SweepName } from "./experiment.js";
import { comparedTemplate, settingsTemplate } from "./lab-template.js";
import type { Sweep } from "./lab-plot.js";
import { labStyles } from "./lab.styles.js";
import { DEFAULT_SETTINGS, fragmentOf, settingsOf, type LabSettings } from "./settings.js";

/**
 * The channel laboratory: loss, noise and an eavesdropper on a simulated fibre. One run of the engine from the source to the
 * key, or a sweep of many beside what theory says. It touches no room and no key.
 *
 * A link whose fragment begins with `#lab&` on the page it is on sets it and runs it: the same seed, the same run.
 *
 * @tagname qsec-channel-lab
 * @fires qsec-trace - A run is over; `detail.trace` is what other panels can show of it
 */
export class QsecChannelLab extends LitElement {
  static override styles = [base, buttons, chip, labStyles];

  /** The page that a shared link leads to; by default the one it is on. Empty: no link is offered. */
  @property({ attribute: "link-page" }) linkPage = isServer
    ? ""
    : location.origin + location.pathname + location.search;
  /** What is set at the moment. */
  @property({ attribute: false }) settings: LabSettings = DEFAULT_SETTINGS;
  @state() private experiment: Experiment | null = null;
  @state() private replay: TraceReplay | null = null;
  @state() private sweep: Sweep | null = null;
  @state() private sweeping: AbortController | null = null;
  @state() private said: string | null = null;
  @query("form") private readonly form!: HTMLFormElement | null;
  #words: Words | null = null;
  #page: AbortController | null = null;
  #attempt = 0;
  readonly #language = new Language(this);

  /** The words it shows; by default those of its language. */
  @property({ attribute: false })
  get words(): Words {
    return this.#words ?? this.#language.words;
  }
  set words(words: Words) {
    this.#words = words;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#page = new AbortController();
    addEventListener("hashchange", this.#fromAddress, { signal: this.#page.signal });
    this.#fromAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page?.abort();
    this.sweeping?.abort();
    this.replay?.pause();
  }

  readonly #fromAddress = (): void => {
    try {
      const settings = settingsOf(location.hash);
      if (settings === null) return;
      this.settings = settings;
      this.run();
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      this.said = this.words.panels.lab.badLink(error.message);
    }
  };

  /** Runs the engine once with these settings. */
  run(): void {
    this.said = null;
    this.#attempt += 1;
    this.experiment = runExperiment(this.settings, this.#attempt);
    const { trace } = this.experiment;
    this.replay?.pause();
    this.replay = new TraceReplay(trace);
    if (reducedMotion()?.matches === true) this.replay.finish();
    else this.replay.play();
    this.dispatchEvent(new CustomEvent("qsec-trace", { detail: { trace }, bubbles: true, composed: true }));
  }

  /** Runs a sweep, point by point; a second one stops the first. */
  async runSweep(name: SweepName): Promise<void> {
    this.said = null;
    this.sweeping?.abort();
    const sweeping = (this.sweeping = new AbortController());
    const { settings } = this;
    this.sweep = { name, settings, points: [] };
    await sweepInSlices(
      settings,
      name,
      (point) => (this.sweep = { name, settings, points: [...(this.sweep?.points ?? []), point] }),
      sweeping.signal,
    );
    if (this.sweeping === sweeping) this.sweeping = null;
  }

  readonly #stop = (): void => {
    this.sweeping?.abort();
    this.sweeping = null;
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const what = (event.submitter as HTMLButtonElement | null)?.value ?? "run";
    if (what === "run") this.run();
    else void this.runSweep(what as SweepName);
  };

  readonly #copyLink = async (): Promise<void> => {
    const link = `${this.linkPage.replace(/#.*$/, "")}#${fragmentOf(this.settings)}`;
    try {
      await navigator.clipboard.writeText(link);
      this.said = this.words.panels.lab.linkCopied;
    } catch {
      // No clipboard here: the link itself can be selected.
      this.said = link;
    }
  };

  readonly #change = (part: Partial<LabSettings>): void => {
    // What cannot be is marked by the form, and not taken.
    if (this.form?.checkValidity() !== false) this.settings = { ...this.settings, ...part };
  };

  protected override render(): TemplateResult {
    const { words, settings, sweeping, said } = this;
    const { lab } = words.panels;
    return html`
      <h3>${lab.title} <span class="chip">${words.telemetry.simulated}</span></h3>
      <p class="note muted">${lab.note}</p>
      <form @submit=${this.#onSubmit}>
        ${settingsTemplate(settings, words, this.#change)}
        <div class="actions">
          <button class="primary" value="run">${lab.run}</button>
          <button value="share">${lab.sweepShare}</button>
          <button value="noise">${lab.sweepNoise}</button>
          ${sweeping === null ? nothing : html`<button type="button" data-lab="stop" @click=${this.#stop}>${lab.stop}</button>`}
          ${this.linkPage === "" ? nothing : html`<button type="button" data-lab="link" @click=${this.#copyLink}>${lab.link}</button>`}
        </div>
      </form>
      ${said === null ? nothing : html`<p class="note" role="status">${said}</p>`} ${this.#result()}
    `;
  }

  #result(): TemplateResult {
    const { words, experiment, replay, sweep, sweeping } = this;
    const { lab } = words.panels;
    const last = sweep === null ? 1 : sweepValues(sweep.name).length;
    return html`<div class="result">
      ${
        experiment === null || replay === null
          ? nothing
          : html`<qsec-channel-monitor .trace=${replay} .words=${words}></qsec-channel-monitor>
              <qsec-bloch-sphere .trace=${replay} .words=${words}></qsec-bloch-sphere>
              <qsec-qber-panel .trace=${replay} .words=${words}></qsec-qber-panel>`
      }
      <div class="theory">
        ${
          experiment === null
            ? nothing
            : html`<section>
                <h4 class="muted">${lab.compared}</h4>
                ${comparedTemplate(experiment, words)}
              </section>`
        }
        ${
          sweep === null
            ? nothing
            : html`<section>
                <h4 class="muted">${lab.sweepTitle}</h4>
                ${sweeping === null ? nothing : html`<progress aria-label=${lab.sweepTitle} max=${last} .value=${sweep.points.length}></progress>`}
                <qsec-lab-plot .sweep=${sweep} .words=${words}></qsec-lab-plot>
              </section>`
        }
      </div>
    </div>`;
  }
}
