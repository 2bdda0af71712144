import { css, unsafeCSS } from "lit";
import { SIDEBAR_FROM, TELEMETRY_FROM } from "./layout.js";

const sidebarFrom = unsafeCSS(`${SIDEBAR_FROM}px`);
const telemetryFrom = unsafeCSS(`${TELEMETRY_FROM}px`);

export const roomStyles = css`
  :host {
    position: relative;
    block-size: 100%;
    /* In a host without a height; a window at 400 % has less, and there it has to fit. */
    min-block-size: min(24rem, 100dvh);
    overflow: clip;
    background: var(--_bg);
    color-scheme: light dark;
    /* By name: what is slotted into the conversation is inside of its container too. */
    container: qsec-room / inline-size;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  .columns {
    display: grid;
    /* A side column that is not there, as a page may hide its part, takes no room. */
    grid-template: minmax(0, 1fr) / auto minmax(0, 1fr) auto;
    position: absolute;
    inset: 0;
  }
  .side,
  .centre {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .side {
    background: var(--_surface);
  }
  .centre {
    grid-column: 2;
  }
  .sidebar {
    inline-size: 280px;
    border-inline-end: 1px solid var(--_line);
  }
  .telemetry {
    inline-size: 320px;
    border-inline-start: 1px solid var(--_line);
  }
  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.75em;
    min-block-size: 4.25em;
    padding: 0.5em 1.25em;
    border-block-end: 1px solid var(--_line);
  }
  .bar > :not(button, slot) {
    flex: 1;
  }
  .bar h2 {
    font-size: 1em;
    font-weight: 650;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--_muted) 40%, transparent) transparent;
  }
  .sections {
    display: flex;
    flex-direction: column;
    gap: 2em;
    padding: 1.25em;
  }
  .sections h3 {
    margin-block-end: 0.75em;
  }
  .panels {
    display: grid;
    grid-template:
      "channel" auto
      "explanation" auto
      "bloch" auto
      "qber" auto
      "lab" auto
      "log" minmax(17rem, 1fr) / minmax(0, 1fr);
  }
  .panels > * {
    padding: 1.1em 1.25em;
    border-block-end: 1px solid var(--_line);
  }
  .panels > :last-child {
    border-block-end: 0;
  }
  qsec-channel-monitor {
    grid-area: channel;
  }
  qsec-explanation {
    grid-area: explanation;
  }
  qsec-bloch-sphere {
    grid-area: bloch;
  }
  qsec-channel-lab {
    grid-area: lab;
  }
  qsec-qber-panel {
    grid-area: qber;
  }
  qsec-event-log {
    grid-area: log;
    contain: size;
  }
  footer {
    padding: 0.6em 0.75em;
    border-block-start: 1px solid var(--_line);
  }
  :host(:dir(rtl)) .leave .icon {
    scale: -1 1;
  }
  .leave {
    inline-size: 100%;
    justify-content: flex-start;
  }
  qsec-alerts,
  qsec-knocks {
    flex: none;
  }
  qsec-chat {
    flex: 1;
  }
  .toggle {
    display: none;
  }
  qsec-connection-status {
    flex: 1;
  }
  .scrim,
  .scrim:hover:not(:disabled, [aria-disabled="true"]) {
    position: absolute;
    inset: 0;
    z-index: 1;
    border: 0;
    border-radius: 0;
    background: rgb(0 0 0 / 45%);
    cursor: default;
  }
  .notice {
    display: grid;
    position: absolute;
    inset: 0;
    align-content: center;
    justify-items: center;
    gap: 0.6em;
    overflow: auto;
    padding: 2em;
    text-align: center;
  }
  .notice-mark {
    font-size: 1.75em;
  }
  .notice h2 {
    font-size: 1.35em;
    font-weight: 650;
    line-height: 1.3;
    text-wrap: balance;
  }
  .notice p {
    max-inline-size: 30rem;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .notice button,
  .notice .home {
    margin-block-start: 1em;
  }
  .notice .home {
    color: var(--_teal);
  }
  @container qsec-room (inline-size < ${telemetryFrom}) {
    .telemetry {
      display: none;
    }
    .telemetry.open {
      display: flex;
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: 2;
      inline-size: min(22rem, 90%);
    }
    .toggle.for-telemetry {
      display: inline-flex;
    }
  }
  @container qsec-room (inline-size < ${sidebarFrom}) {
    .sidebar {
      display: none;
    }
    .sidebar.open {
      display: flex;
      position: absolute;
      inset-block: 0;
      inset-inline-start: 0;
      z-index: 2;
      inline-size: min(20rem, 90%);
    }
    .toggle.for-sidebar {
      display: inline-flex;
    }
    .bar {
      min-block-size: 3.5em;
      padding-inline-end: 0.75em;
    }
  }
`;
