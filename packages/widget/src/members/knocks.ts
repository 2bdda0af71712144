import type { KnockDetail, QsecSession } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { alertsStyles } from "../room/alerts.styles.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { knockIcon } from "../theme/icons.js";

/** Who waits to be let in by this person, who leads a room and approves its members: one answer each. */
export class QsecKnocks extends SessionElement {
  static override styles = [base, buttons, alertsStyles];

  @state() private knocks: readonly KnockDetail[] = [];

  protected override reset(): void {
    this.knocks = this.session?.pendingKnocks ?? [];
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    const refresh = (): void => void (this.knocks = session.pendingKnocks);
    for (const name of ["knock", "knock:done", "members", "state"] as const)
      session.addEventListener(name, refresh, { signal });
    refresh();
  }

  protected override render(): TemplateResult {
    const rows = repeat(
      this.knocks,
      ({ peer }) => peer.id,
      (knock) => this.#row(knock),
    );
    return html`<div role="group" aria-label=${this.words.knock.label} ?hidden=${this.knocks.length === 0}>
      ${rows}
    </div>`;
  }

  #row({ peer }: KnockDetail): TemplateResult {
    const { knock } = this.words;
    return html`<div class="banner amber" role="alert" part="alert">
      ${knockIcon}
      <p><bdi>${knock.asks(peer.name)}</bdi></p>
      <div class="answers">
        <button
          class="small"
          data-answer="refuse"
          aria-label=${knock.refuseOf(peer.name)}
          @click=${() => this.#answer((session) => session.refuse(peer.id))}
        >
          ${knock.refuse}
        </button>
        <button
          class="small primary"
          data-answer="admit"
          aria-label=${knock.admitOf(peer.name)}
          @click=${() => this.#answer((session) => session.admit(peer.id))}
        >
          ${knock.admit}
        </button>
      </div>
    </div>`;
  }

  #answer(what: (session: QsecSession) => Promise<void>): void {
    if (this.session === null) return;
    what(this.session).catch((error: unknown) => this.report(error));
  }
}
