import type { QsecSession } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import type { Words } from "../locale/en.js";
import type { CompareEvent } from "../members/members.js";
import { closeIcon, leaveIcon, lockIcon, menuIcon, pulseIcon, trashIcon } from "../theme/icons.js";
import type { DrawerController } from "./drawer-controller.js";
import type { Drawer } from "./layout.js";

export interface RoomView {
  readonly session: QsecSession | null;
  readonly words: Words;
  /** Address of the page that serves `/room/<id>`. */
  readonly page: string;
  readonly discreet: boolean;
  readonly announce: "on" | "off";
  /** Whether the channel laboratory is there, and the page that its links lead to, `""` for none. */
  readonly lab: boolean;
  readonly labPage: string;
  readonly drawers: DrawerController;
  readonly onLeave: () => unknown;
  /** Null where this device remembers nothing of the room. */
  readonly onForget: (() => unknown) | null;
  readonly onCompare: (peer: string) => unknown;
}

/** The three columns. The side columns are drawers where the host is narrow. */
export function roomTemplate(view: RoomView): TemplateResult {
  const { session, words, discreet, announce, drawers, onCompare } = view;
  return html`
    <div
      class="columns"
      @keydown=${drawers.onKeydown}
      @qsec-compare=${(event: CompareEvent) => {
        event.preventDefault();
        onCompare(event.detail.peer);
      }}
    >
      ${sidebarTemplate(view)}
      <section
        class="centre"
        part="centre"
        aria-label=${words.room.label(session?.room ?? "")}
        ?inert=${drawers.open !== null}
      >
        <qsec-chat
          heading
          ?discreet=${discreet}
          .announce=${announce}
          .session=${session}
          .words=${words}
          exportparts="log, message, composer"
        >
          ${openButton("sidebar", view)}
          <qsec-connection-status slot="header" .session=${session} .words=${words}></qsec-connection-status>
          <slot name="header" slot="header"></slot>
          ${openButton("telemetry", view)}
          <qsec-knocks slot="notices" exportparts="alert" .session=${session} .words=${words}></qsec-knocks>
          <qsec-alerts slot="notices" exportparts="alert" .session=${session} .words=${words}></qsec-alerts>
          <slot name="empty" slot="empty">${emptyTemplate(view)}</slot>
          <slot name="composer-actions" slot="composer-actions"></slot>
        </qsec-chat>
      </section>
      ${telemetryTemplate(view)}
      ${drawers.open === null ? "" : html`<button class="scrim" tabindex="-1" aria-label=${words.room.close} @click=${() => drawers.close()}></button>`}
    </div>
    <qsec-verify-dialog exportparts="dialog, emoji" .session=${session} .words=${words}></qsec-verify-dialog>
    <qsec-confirm-dialog exportparts="dialog" .words=${words}></qsec-confirm-dialog>
  `;
}

function sidebarTemplate(view: RoomView): TemplateResult {
  const { session, words, page, drawers, onLeave, onForget } = view;
  return html`<section
    class="side sidebar ${drawers.open === "sidebar" ? "open" : ""}"
    part="sidebar"
    aria-label=${words.room.sidebar}
    ?inert=${drawers.open === "telemetry"}
  >
    <header class="bar">
      <qsec-room-heading exportparts="timer" .session=${session} .words=${words}></qsec-room-heading>
      ${closeButton("sidebar", view)}
    </header>
    <div class="scroll sections">
      <qsec-members exportparts="member" .session=${session} .words=${words}></qsec-members>
      <section>
        <h3>${words.invite.title}</h3>
        <qsec-invite .session=${session} .words=${words} .page=${page}></qsec-invite>
      </section>
      <qsec-key-status exportparts="room-code" .session=${session} .words=${words}></qsec-key-status>
    </div>
    <footer>
      <button class="quiet leave" ?disabled=${session === null} @click=${onLeave}>
        ${leaveIcon}<span>${words.room.leave}</span>
      </button>
      ${
        onForget === null
          ? ""
          : html`<button class="quiet leave" data-forget ?disabled=${session === null} @click=${onForget}>
              ${trashIcon}<span>${words.room.forget}</span>
            </button>`
      }
    </footer>
  </section>`;
}

/** The panels stand in a grid with named regions; a panel that is not there takes no room. */
function telemetryTemplate(view: RoomView): TemplateResult {
  const { session, words, drawers } = view;
  return html`<section
    class="side telemetry ${drawers.open === "telemetry" ? "open" : ""}"
    part="telemetry"
    aria-label=${words.room.telemetry}
    ?inert=${drawers.open === "sidebar"}
  >
    <header class="bar">
      <h2>${words.room.telemetry}</h2>
      ${closeButton("telemetry", view)}
    </header>
    <div class="scroll panels" role="group" tabindex="0" aria-label=${words.room.telemetry}>
      <qsec-channel-monitor .session=${session} .words=${words}></qsec-channel-monitor>
      <qsec-explanation .session=${session} .words=${words}></qsec-explanation>
      <qsec-bloch-sphere .session=${session} .words=${words}></qsec-bloch-sphere>
      <qsec-qber-panel .session=${session} .words=${words}></qsec-qber-panel>
      ${view.lab ? html`<qsec-channel-lab .linkPage=${view.labPage} .words=${words}></qsec-channel-lab>` : ""}
      <qsec-event-log .session=${session} .words=${words}></qsec-event-log>
    </div>
  </section>`;
}

function openButton(drawer: Drawer, { words, drawers }: RoomView): TemplateResult {
  const label = drawer === "sidebar" ? words.room.openSidebar : words.room.openTelemetry;
  return html`<button
    class="square quiet toggle for-${drawer}"
    part="open-${drawer}"
    slot=${drawer === "sidebar" ? "header" : "header-end"}
    data-open=${drawer}
    aria-label=${label}
    aria-expanded=${drawers.open === drawer}
    @click=${() => drawers.show(drawer)}
  >
    ${drawer === "sidebar" ? menuIcon : pulseIcon}
  </button>`;
}

function closeButton(drawer: Drawer, { words, drawers }: RoomView): TemplateResult {
  return html`<button
    class="square quiet toggle for-${drawer}"
    data-close=${drawer}
    aria-label=${words.room.close}
    @click=${() => drawers.close()}
  >
    ${closeIcon}
  </button>`;
}

function emptyTemplate({ session, words, page }: RoomView): TemplateResult {
  return html`<qsec-empty-state .session=${session} .words=${words} .page=${page}></qsec-empty-state>`;
}

/** Ways on from a notice: something to do here, and the page to go back to, `""` for none. */
export interface WaysOn {
  readonly words: Words;
  readonly home: string;
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

/** What stands in the place of the room when there is none: a title, a sentence, and perhaps ways on. */
export function noticeTemplate(title: string, text: string, { words, home, action }: WaysOn): TemplateResult {
  return html`<div class="notice" role="alert">
    <div class="notice-mark muted">${lockIcon}</div>
    <h2>${title}</h2>
    <p class="muted">${text}</p>
    ${action === undefined ? "" : html`<button class="primary" @click=${action.run}>${action.label}</button>`}
    ${home === "" ? "" : html`<a class="home" href=${home}>${words.room.home}</a>`}
  </div>`;
}
