import type { EpochView, QsecSession } from "@qsec2/sdk";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { duration, integer } from "../locale/format.js";
import { SessionElement } from "../session/session-element.js";
import { Ticker } from "../session/ticker.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { lockIcon, retryIcon } from "../theme/icons.js";
import { groupsOf } from "./room-code.js";
import { keyStatusStyles } from "./key-status.styles.js";

/**
 * The room key in force: epoch, age, cipher and room code; the leader may renew it. Then what protects the room,
 * without more claims than hold.
 */
export class QsecKeyStatus extends SessionElement {
  static override styles = [base, buttons, keyStatusStyles];

  @state() private epoch: EpochView | null = null;
  /** This person leads the room, and may renew its key. */
  @state() private leading = false;
  @state() private renewing = false;
  @state() private run: { readonly profile: string; readonly qubits: number } | null = null;

  constructor() {
    super();
    new Ticker(this);
  }

  protected override reset(): void {
    this.epoch = this.session?.epoch ?? null;
    this.run = null;
    this.renewing = false;
    this.leading = false;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    const refresh = (): void => {
      this.epoch = session.epoch;
      this.leading = session.members.some(({ you, leader }) => you && leader);
    };
    session.addEventListener("epoch", () => (this.renewing = false), { signal });
    for (const name of ["epoch", "state", "members"] as const) session.addEventListener(name, refresh, { signal });
    session.addEventListener(
      "bb84:step",
      ({ detail }) => (this.run = { profile: detail.profile, qubits: detail.counts.qubits }),
      { signal },
    );
    refresh();
  }

  protected override render(): TemplateResult {
    return html`${this.#key()} ${this.#protocol()}`;
  }

  #key(): TemplateResult {
    const { key } = this.words;
    const { epoch } = this;
    if (epoch === null) {
      return html`<section>
        <h3>${key.title}</h3>
        <p class="muted none">${key.none}</p>
      </section>`;
    }
    return html`<section>
      <h3>${key.title}</h3>
      <dl>
        ${row(key.epoch, html`<span class="mono">${epoch.number}</span>`)}
        ${row(key.age, html`<span class="mono">${duration(Date.now() - epoch.since)}</span>`)}
        ${row(key.algorithm, html`<span class="cipher teal">${lockIcon}<span class="mono">${epoch.algorithm}</span></span>`)}
      </dl>
      ${this.leading && this.session?.state === "secured" ? this.#renewButton() : ""}
      <p class="label muted">${key.code}</p>
      <p class="code mono" dir="ltr" part="room-code">
        ${groupsOf(epoch.roomCode).map((group) => html`<span>${group}</span> `)}
      </p>
      <p class="hint muted">${key.codeHint}</p>
      ${epoch.history ? html`<p class="hint" part="history">${key.history}</p>` : nothing}
    </section>`;
  }

  #renewButton(): TemplateResult {
    const { key } = this.words;
    return html`<button class="small" ?disabled=${this.renewing} title=${key.renewHint} @click=${this.#renew}>
      ${retryIcon}${this.renewing ? key.renewing : key.renew}
    </button>`;
  }

  async #renew(): Promise<void> {
    const { session } = this;
    if (session === null) return;
    this.renewing = true;
    try {
      await session.rekey();
    } catch (error) {
      this.renewing = false;
      this.report(error);
    }
  }

  #protocol(): TemplateResult {
    const { protocol, language } = this.words;
    const quantum =
      this.run === null
        ? protocol.quantumNone
        : protocol.quantumValue(this.run.profile, integer(this.run.qubits, language));
    return html`<section>
      <h3>${protocol.title}</h3>
      <dl>
        ${row(protocol.exchange, html`<span class="mono">${protocol.exchangeValue}</span>`)}
        ${row(protocol.quantum, html`<span class="mono">${quantum}</span>`)}
        ${row(protocol.signatures, html`<span class="mono">${protocol.signaturesValue}</span>`)}
      </dl>
      <p class="hint muted">${protocol.quantumHint}</p>
      <p class="hint muted">${protocol.relay}</p>
      <p class="hint muted">${protocol.audit}</p>
    </section>`;
  }
}

function row(term: string, value: TemplateResult): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}
