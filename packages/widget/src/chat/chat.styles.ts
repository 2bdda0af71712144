import { css } from "lit";

export const chatStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_bg);
    container-type: inline-size;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .log {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    overflow-y: auto;
    padding: 1.5em max(1.5em, (100% - 46rem) / 2);
    overscroll-behavior: contain;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  /* Keeps the newest at the bottom of a list that is still short. */
  .log::before {
    content: "";
    margin-block-start: auto;
  }
  .row {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 0.2em;
  }
  .row.first {
    margin-block-start: 1em;
  }
  .row.own {
    align-items: flex-end;
  }
  .name {
    margin: 0 0.9em 0.2em;
    color: var(--_muted);
    font-size: 0.85em;
    font-weight: 600;
  }
  .bubble {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: flex-end;
    column-gap: 0.9em;
    max-inline-size: min(85%, 36rem);
    padding: 0.5em 0.9em;
    border-radius: 1.1em;
    background: var(--_raised);
  }
  .own .bubble {
    background: var(--_own);
  }
  .row.first .bubble {
    border-start-start-radius: 0.35em;
  }
  .row.own.first .bubble {
    border-start-start-radius: 1.1em;
    border-start-end-radius: 0.35em;
  }
  .text {
    flex: 1 1 auto;
    min-inline-size: 0;
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  time {
    color: var(--_muted);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
  }
  .own time {
    color: color-mix(in srgb, var(--_text) 72%, var(--_own));
  }
  a {
    color: var(--_teal);
    text-underline-offset: 0.15em;
  }
  .own a {
    color: inherit;
  }
  .system {
    align-self: center;
    margin-block: 1em 0.25em;
    color: var(--_muted);
    font-size: 0.83em;
    text-align: center;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    overflow: auto;
    padding: 1.5em;
    pointer-events: none;
  }
  .empty ::slotted(*) {
    pointer-events: auto;
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75em;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    border-radius: 999px;
    background: var(--_surface);
    box-shadow: 0 2px 10px rgb(0 0 0 / 18%);
  }
  .jump:hover:not(:disabled) {
    background: var(--_raised);
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid;
    }
  }
`;
