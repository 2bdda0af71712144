import type { MemberView, QsecSession, VerifyDetail } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { QsecConfirmDialog } from "../dialog/confirm-dialog.js";
import type { QsecVerifyDialog } from "../room/verify-dialog.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { chip } from "../theme/chip.js";
import { crownIcon, removeIcon, retryIcon } from "../theme/icons.js";
import { badgeMark, initialOf, keyMark, type Mark } from "./marks.js";
import { actionsFor, type MemberAction } from "./member-actions.js";
import { membersStyles } from "./members.styles.js";

/** Asks the room to open the comparison with a member. */
export type CompareEvent = CustomEvent<{ readonly peer: string }>;

/**
 * Who is in the room: name, leader mark, badge, and how far the keys with each have come.
 *
 * @fires qsec-compare - The person wants to compare codes with a member; `detail.peer` is its id; cancel it to open a dialog of
 * your own
 * @csspart member - One row
 */
export class QsecMembers extends SessionElement {
  static override styles = [base, buttons, chip, membersStyles];

  @state() private members: readonly MemberView[] = [];
  @state() private pending: readonly VerifyDetail[] = [];

  /** No room around it has taken a comparison over. */
  @state() private alone = false;

  /** Members whose emoji did not match: shut out for the session, there is nothing to retry. */
  readonly #rejected = new Set<string>();
  @query("qsec-verify-dialog") private readonly verifyDialog!: QsecVerifyDialog | null;
  @query("qsec-confirm-dialog") private readonly confirmDialog!: QsecConfirmDialog | null;

  protected override reset(): void {
    this.#rejected.clear();
    this.#refresh();
  }

  #refresh(): void {
    this.members = this.session?.members ?? [];
    this.pending = this.session?.pendingVerifications ?? [];
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    const refresh = (): void => this.#refresh();
    for (const name of ["members", "verify", "verify:done"] as const)
      session.addEventListener(name, refresh, { signal });
    session.addEventListener(
      "bb84:aborted",
      ({ detail }) => {
        if (detail.code === "REJECTED") this.#rejected.add(detail.peer.id);
        this.requestUpdate();
      },
      { signal },
    );
    refresh();
  }

  protected override render(): TemplateResult {
    const rows = repeat(
      this.members,
      (member) => member.id,
      (member) => this.#row(member),
    );
    return html`<h3>${this.words.members.title}</h3>
      <ul>
        ${rows}
      </ul>
      <qsec-confirm-dialog .words=${this.words}></qsec-confirm-dialog>
      ${this.alone ? html`<qsec-verify-dialog .session=${this.session} .words=${this.words}></qsec-verify-dialog>` : ""}`;
  }

  #row(member: MemberView): TemplateResult {
    const { members } = this.words;
    return html`<li part="member" class=${member.online ? "" : "offline"}>
      <span class="avatar" aria-hidden="true">${initialOf(member.name)}</span>
      <div class="who">
        <p class="name">
          <bdi>${member.name}</bdi>
          ${member.you ? html`<span class="muted">(${members.you})</span>` : ""}
          ${member.online ? "" : html`<span class="chip amber">${members.offline}</span>`}
          ${member.leader ? html`<span class="leader muted">${crownIcon}<span>${members.leader}</span></span>` : ""}
        </p>
        ${member.you ? "" : this.#marks(member)} ${this.#actions(member)}
      </div>
    </li>`;
  }

  #marks(member: MemberView): TemplateResult {
    const { members } = this.words;
    const mark = ({ icon, tint }: Mark, text: string) => html`<p class="mark ${tint}">${icon}<span>${text}</span></p>`;
    return html`
      ${mark(badgeMark(member.badge), members.badge[member.badge])}
      ${mark(keyMark(member.keyState), members.key[member.keyState])}
      ${member.fingerprint === null ? "" : html`<p class="mark muted">${members.fingerprint} <span class="mono">${member.fingerprint}</span></p>`}
    `;
  }

  #actions(member: MemberView): TemplateResult | "" {
    const actions = actionsFor(member, {
      pending: new Set(this.pending.map(({ peer }) => peer.id)),
      rejected: this.#rejected,
      leading: this.members.some(({ you, leader }) => you && leader),
    });
    return actions.length === 0
      ? ""
      : html`<p class="actions">${actions.map((name) => this.#action(member, name))}</p>`;
  }

  #action(member: MemberView, action: MemberAction): TemplateResult {
    const { members, room } = this.words;
    const { id, name } = member;
    switch (action) {
      case "compare":
        return actionButton(members.compareWith(name), members.compare, () => this.#compare(id));
      case "verify":
        return actionButton(members.compareWith(name), members.compare, () => this.#verify(id));
      case "retry":
        return actionButton(members.retryWith(name), html`${retryIcon}${room.retry}`, () => this.#retry(id));
      case "remove":
        return html`<button
          class="small square quiet"
          aria-label=${members.removeOf(name)}
          title=${members.remove}
          @click=${() => this.#remove(member)}
        >
          ${removeIcon}
        </button>`;
    }
  }

  /** Asks once more: who is removed does not come back by the old invite. */
  async #remove({ id, name }: MemberView): Promise<void> {
    const { members } = this.words;
    const { session } = this;
    if (session === null) return;
    const text = members.removeText[session.admission];
    const sure = await this.confirmDialog?.ask({ title: members.removeTitle(name), text, confirm: members.remove });
    if (sure === true && this.session === session) this.#run(() => session.kick(id));
  }

  /** Asks for the emoji of a member who is in the room already. */
  #verify(peer: string): void {
    this.#compare(peer);
    this.#run((session) => session.verify(peer));
  }

  /** A room opens its own dialog; where the list stands alone, it has one for the members that are compared from it. */
  #compare(peer: string): void {
    const init = { detail: { peer }, bubbles: true, composed: true, cancelable: true };
    if (!this.dispatchEvent(new CustomEvent("qsec-compare", init))) return;
    this.alone = true;
    void this.updateComplete.then(() => this.verifyDialog?.compare(peer));
  }

  #retry(peer: string): void {
    // A failed retry is told by the session's own events.
    this.#run((session) => session.retry(peer));
  }

  #run(what: (session: QsecSession) => Promise<void>): void {
    if (this.session === null) return;
    what(this.session).catch((error: unknown) => this.report(error));
  }
}

function actionButton(label: string, text: unknown, onClick: () => unknown): TemplateResult {
  return html`<button class="small" aria-label=${label} @click=${onClick}>${text}</button>`;
}
