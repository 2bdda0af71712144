import type { MemberView, QsecSession, VerifyDetail } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { chip } from "../theme/chip.js";
import { crownIcon, retryIcon } from "../theme/icons.js";
import { membersStyles } from "./members.styles.js";
import { badgeMark, initialOf, keyMark, type Mark } from "./marks.js";

/** Asks the room to open the comparison with a member. */
export type CompareEvent = CustomEvent<{ readonly peer: string }>;

/**
 * Who is in the room: name, leader mark, badge, and how far the keys with each have come.
 *
 * @fires qsec-compare - The person wants to compare codes with a member; `detail.peer` is its id
 * @csspart member - One row
 */
export class QsecMembers extends SessionElement {
  static override styles = [base, buttons, chip, membersStyles];

  @state() private members: readonly MemberView[] = [];
  @state() private pending: readonly VerifyDetail[] = [];

  /** Members whose emoji did not match: shut out for the session, there is nothing to retry. */
  readonly #rejected = new Set<string>();

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
      </ul>`;
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
        ${member.you ? "" : this.#marks(member)} ${this.#action(member)}
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

  #action(member: MemberView): TemplateResult | "" {
    const { members, room } = this.words;
    if (this.pending.some(({ peer }) => peer.id === member.id)) {
      return this.#compareButton(member, () => this.#compare(member.id));
    }
    const askable = member.keyState === "active" && member.online && member.badge !== "verified";
    if (askable && !member.you) return this.#compareButton(member, () => this.#verify(member.id));
    if (member.keyState !== "aborted" || this.#rejected.has(member.id)) return "";
    return html`<button
      class="small"
      aria-label=${members.retryWith(member.name)}
      @click=${() => this.#retry(member.id)}
    >
      ${retryIcon}${room.retry}
    </button>`;
  }

  #compareButton(member: MemberView, onClick: () => unknown): TemplateResult {
    const { members } = this.words;
    return html`<button class="small" aria-label=${members.compareWith(member.name)} @click=${onClick}>
      ${members.compare}
    </button>`;
  }

  /** Asks for the emoji of a member who is in the room already. */
  #verify(peer: string): void {
    this.#compare(peer);
    this.#run((session) => session.verify(peer));
  }

  #compare(peer: string): void {
    this.dispatchEvent(new CustomEvent("qsec-compare", { detail: { peer }, bubbles: true, composed: true }));
  }

  #retry(peer: string): void {
    // A failed retry is told by the session's own events.
    this.#run((session) => session.retry(peer));
  }

  #run(what: (session: QsecSession) => Promise<void>): void {
    if (this.session === null) return;
    what(this.session).catch((error: unknown) => {
      this.dispatchEvent(
        new CustomEvent("qsec-error", { detail: { error, fatal: false }, bubbles: true, composed: true }),
      );
    });
  }
}
