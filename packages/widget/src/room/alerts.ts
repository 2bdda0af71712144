import type { IdentityChange, MemberView, QsecError, QsecSession } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { alertIcon, closeIcon, retryIcon, stopIcon } from "../theme/icons.js";
import {
  abortText,
  isRejection,
  NO_ALERTS,
  securityText,
  withAborted,
  withMembers,
  withoutPeer,
  withoutSecurity,
  withSecurity,
  type Alerts,
} from "./alerts-model.js";
import { alertsStyles } from "./alerts.styles.js";
import { failureText, isToldInRoom } from "./failure-model.js";
import { identityBanner } from "./identity-banner.js";

/**
 * What the person has to know above the conversation: stopped exchanges, security events, changed keys, and unverified
 * members.
 *
 * @fires qsec-compare - The person wants to compare codes with a member; `detail.peer` is its id
 */
export class QsecAlerts extends SessionElement {
  static override styles = [base, buttons, alertsStyles];

  @state() private alerts: Alerts = NO_ALERTS;
  @state() private members: readonly MemberView[] = [];
  @state() private changes: readonly IdentityChange[] = [];
  /** What failed while the room goes on, by its words. */
  @state() private problems: ReadonlySet<string> = new Set();
  /** Messages are kept, and the person has not read so yet. */
  @state() private tellsHistory = false;
  /** True while the relay cannot be reached. */
  @state() private unreachable = false;

  protected override reset(): void {
    this.alerts = NO_ALERTS;
    this.members = this.session?.members ?? [];
    this.changes = this.session?.identityChanges ?? [];
    this.unreachable = false;
    this.problems = new Set();
    this.tellsHistory = this.session?.epoch?.history ?? false;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    this.members = session.members;
    this.changes = session.identityChanges;
    const change = (next: (alerts: Alerts) => Alerts): void => void (this.alerts = next(this.alerts));
    session.addEventListener("bb84:aborted", ({ detail }) => change((alerts) => withAborted(alerts, detail)), {
      signal,
    });
    session.addEventListener("bb84:step", ({ detail }) => change((alerts) => withoutPeer(alerts, detail.peer.id)), {
      signal,
    });
    session.addEventListener("security", ({ detail }) => change((alerts) => withSecurity(alerts, detail)), { signal });
    session.addEventListener("identity:changed", () => (this.changes = session.identityChanges), { signal });
    session.addEventListener("state", () => (this.unreachable = false), { signal });
    session.addEventListener("error", ({ detail }) => this.#onProblem(detail.error), { signal });
    let kept = session.epoch?.history ?? false;
    session.addEventListener(
      "epoch",
      ({ detail }) => {
        if (detail.history !== kept) this.tellsHistory = detail.history;
        kept = detail.history;
      },
      { signal },
    );
    session.addEventListener(
      "members",
      ({ detail }) => {
        this.members = detail.members;
        this.changes = session.identityChanges;
        change((alerts) => withMembers(alerts, detail.members));
      },
      { signal },
    );
  }

  #onProblem(error: QsecError): void {
    this.unreachable ||= error.code === "connection_failed";
    if (isToldInRoom(error)) this.problems = new Set([...this.problems, failureText(error, this.words)]);
  }

  protected override render(): TemplateResult {
    const { room, security, failure } = this.words;
    const unverified = this.members.some((member) => member.badge === "unverified");
    const changed = repeat(
      this.changes,
      ({ peer }) => peer.id,
      (change) =>
        identityBanner(change, this.words, {
          compare: () => this.#compare(change.peer.id),
          accept: () => this.#ask((session) => session.acceptIdentity(change.peer.id)),
        }),
    );
    const aborted = repeat(
      this.alerts.aborted,
      (detail) => `${detail.peer.id}/${detail.attempt}`,
      (detail) =>
        html`<div class="banner red" role="alert" part="alert">
          ${stopIcon}
          <p>${abortText(detail, this.words)}</p>
          ${isRejection(detail.code) ? this.#dismiss((alerts) => withoutPeer(alerts, detail.peer.id)) : this.#retryButton(detail.peer.id)}
        </div>`,
    );
    const events = repeat(
      this.alerts.security,
      ({ detail }) => `${detail.code}/${detail.peer?.id ?? ""}`,
      (alert) =>
        html`<div class="banner red" role="alert" part="alert">
          ${alertIcon}
          <p>
            <strong>${security.title}.</strong> ${securityText(alert.detail, this.words)}
            ${alert.count > 1 ? html`<span class="times">(${security.times(alert.count)})</span>` : ""}
          </p>
          ${this.#dismiss((alerts) => withoutSecurity(alerts, alert))}
        </div>`,
    );
    return html`
      ${unverified ? note(room.unverified) : ""}
      ${
        this.tellsHistory
          ? note(
              room.history,
              this.#button(() => (this.tellsHistory = false)),
            )
          : ""
      }
      ${this.unreachable ? note(failure.connection_failed, "", "alert") : ""}
      ${[...this.problems].map((text) =>
        note(
          text,
          this.#button(() => (this.problems = new Set([...this.problems].filter((other) => other !== text)))),
          "alert",
        ),
      )}
      ${changed} ${events} ${aborted}
    `;
  }

  #dismiss(without: (alerts: Alerts) => Alerts): TemplateResult {
    return this.#button(() => (this.alerts = without(this.alerts)));
  }

  /** Takes its banner away. */
  #button(onClick: () => unknown): TemplateResult {
    return html`<button class="small square" aria-label=${this.words.room.dismiss} @click=${onClick}>
      ${closeIcon}
    </button>`;
  }

  #retryButton(peer: string): TemplateResult {
    return html`<button class="small" @click=${() => this.#ask((session) => session.retry(peer))}>
      ${retryIcon}${this.words.room.retry}
    </button>`;
  }

  #compare(peer: string): void {
    this.dispatchEvent(
      new CustomEvent("qsec-compare", { detail: { peer }, bubbles: true, composed: true, cancelable: true }),
    );
    this.#ask((session) => session.verify(peer));
  }

  #ask(what: (session: QsecSession) => Promise<void>): void {
    const { session } = this;
    if (session === null) return;
    what(session)
      .then(() => (this.changes = session.identityChanges))
      .catch((error: unknown) => this.report(error));
  }
}

/** An amber banner: a note that stands there, or an alert that is announced. */
function note(text: string, action: unknown = "", role: "note" | "alert" = "note"): TemplateResult {
  return html`<div class="banner amber" role=${role} part="alert">
    ${alertIcon}
    <p>${text}</p>
    ${action}
  </div>`;
}
