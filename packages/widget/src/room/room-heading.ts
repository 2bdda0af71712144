import type { MemberView, QsecSession } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { duration } from "../locale/format.js";
import { SessionElement } from "../session/session-element.js";
import { Ticker } from "../session/ticker.js";
import { base } from "../theme/base.js";
import { roomHeadingStyles } from "./room-heading.styles.js";

/** The room's name, how many are here, and for how long this session has been in it. */
export class QsecRoomHeading extends SessionElement {
  static override styles = [base, roomHeadingStyles];

  @state() private members: readonly MemberView[] = [];
  @state() private since: number | null = null;

  constructor() {
    super();
    new Ticker(this);
  }

  protected override reset(): void {
    this.members = this.session?.members ?? [];
    this.since = null;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    const refresh = (): void => {
      this.members = session.members;
      if (session.state !== "idle" && session.state !== "connecting") this.since ??= Date.now();
    };
    for (const name of ["members", "state"] as const) session.addEventListener(name, refresh, { signal });
    refresh();
  }

  protected override render(): TemplateResult {
    const { room } = this.words;
    const present = Math.max(1, this.members.filter((member) => member.online).length);
    return html`
      <h2 title=${this.session?.room ?? ""}><bdi>${this.session?.room ?? ""}</bdi></h2>
      <p class="muted">
        <span>${room.present(present, this.session?.expected ?? 2)}</span>
        ${
          this.since === null
            ? ""
            : html`<span aria-hidden="true">·</span>
                <span class="visually-hidden">${room.timer}</span>
                <span class="mono" part="timer" title=${room.timer}>${duration(Date.now() - this.since)}</span>`
        }
      </p>
    `;
  }
}
