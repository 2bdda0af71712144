import { css } from "lit";
import { tokens } from "./tokens.js";

/** What every element starts from: tokens, type, focus ring, hidden text, headings, icons. */
export const base = [
  tokens,
  css`
    :host {
      display: block;
      box-sizing: border-box;
      color: var(--_text);
      font: 400 var(--_size) / 1.5 var(--_font);
      text-align: start;
      -webkit-text-size-adjust: 100%;
    }
    :host([hidden]) {
      display: none;
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    h2,
    h3,
    p,
    dl,
    dd,
    ul,
    ol {
      margin: 0;
      padding: 0;
    }
    ul,
    ol {
      list-style: none;
    }
    h3 {
      color: var(--_muted);
      font-size: 0.8em;
      font-weight: 600;
      letter-spacing: 0.02em;
    }
    .mono {
      font-family: var(--_mono);
      font-variant-numeric: tabular-nums;
    }
    .muted {
      color: var(--_muted);
    }
    .teal {
      color: var(--_teal);
    }
    .amber {
      color: var(--_amber);
    }
    .red {
      color: var(--_red);
    }
    .icon {
      flex: none;
      inline-size: 1.2em;
      block-size: 1.2em;
    }
    :focus-visible {
      outline: 2px solid var(--_teal);
      outline-offset: 2px;
    }
    .visually-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @media (prefers-reduced-motion: reduce) {
      *,
      *::before,
      *::after {
        animation: none !important;
        scroll-behavior: auto !important;
      }
    }
  `,
];
