import { css } from "lit";

export const messageStyles = css`
  .row {
    display: flex;
    flex: none;
    flex-direction: column;
    align-items: flex-start;
    min-inline-size: 0;
    margin-block-start: 0.2em;
    border-radius: var(--_radius);
  }
  .row.first {
    margin-block-start: 0.8em;
  }
  .row.own {
    align-items: flex-end;
  }
  .name {
    max-inline-size: calc(100% - 1.8em);
    margin: 0 0.9em 0.2em;
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.85em;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* What a text is stacked of may not reach beyond its bubble. */
  .bubble {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: flex-end;
    column-gap: 0.9em;
    max-inline-size: min(85%, 36rem);
    padding: 0.5em 0.9em;
    overflow: clip;
    overflow-clip-margin: 3px;
    border-radius: 1.1em;
    background: var(--_raised);
  }
  .bubble.file {
    inline-size: min(85%, 24rem);
    padding: 0.5em;
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
  .row:focus-visible {
    outline: none;
  }
  .row:focus-visible .bubble {
    outline: 2px solid var(--_teal);
    outline-offset: 1px;
  }
  .current .bubble {
    outline: 2px solid var(--_amber);
    outline-offset: 1px;
  }
  .text {
    flex: 1 1 auto;
    min-inline-size: 0;
    overflow: clip;
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .large {
    font-size: 2.2em;
    line-height: 1.3;
  }
  .cut {
    max-block-size: 32em;
  }
  .gone {
    color: var(--_muted);
  }
  .own .gone {
    color: color-mix(in srgb, var(--_text) 72%, var(--_own));
  }
  mark {
    border-radius: 2px;
    background: color-mix(in srgb, var(--_amber) 45%, transparent);
    color: var(--_text);
  }
  .more {
    margin-inline-end: auto;
  }
  .meta {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    color: var(--_muted);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
  }
  .file .meta {
    padding-inline-end: 0.4em;
  }
  .own .meta,
  .own .quote {
    color: color-mix(in srgb, var(--_text) 72%, var(--_own));
  }
  .mark.read {
    color: var(--_teal);
  }
  .mark.failed {
    color: var(--_red);
  }
  .mark .icon {
    display: block;
  }
  /* A short answer to a long text is no wide bubble: the quote takes the width that the answer has. */
  .bubble:has(> .quote) {
    min-inline-size: min(85%, 15rem);
  }
  .quote {
    contain: inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1 0 100%;
    gap: 0;
    justify-content: start;
    justify-items: start;
    min-inline-size: 0;
    min-block-size: 0;
    margin-block-end: 0.3em;
    padding: 0.15em 0.7em;
    border: 0;
    border-inline-start: 3px solid var(--_teal);
    border-radius: 0.35em;
    background: color-mix(in srgb, var(--_text) 5%, transparent);
    color: var(--_muted);
    font-size: 0.87em;
    font-weight: 400;
    text-align: start;
  }
  .quoted-name {
    font-weight: 600;
  }
  .quote bdi {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em;
    max-inline-size: 85%;
    margin: 0.2em 0.4em 0;
  }
  .reaction {
    gap: 0.3em;
    min-block-size: 1.75em;
    max-inline-size: 7em;
    padding: 0 0.5em;
    overflow: hidden;
    border-color: var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    font-size: 0.87em;
  }
  .reaction bdi {
    overflow: hidden;
    line-height: 1.6;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reaction[aria-pressed="true"] {
    border-color: var(--_teal);
    background: var(--_teal-soft);
  }
  a {
    color: var(--_teal);
    text-underline-offset: 0.15em;
  }
  .own a {
    color: inherit;
  }
  .system,
  .line {
    flex: none;
    align-self: center;
    max-inline-size: 100%;
    margin-block: 0.8em 0.25em;
    overflow: clip;
    overflow-wrap: anywhere;
    color: var(--_muted);
    font-size: 0.83em;
    text-align: center;
    text-wrap: balance;
  }
  .line {
    display: flex;
    align-items: center;
    align-self: stretch;
    gap: 1em;
    font-weight: 600;
  }
  .line::before,
  .line::after {
    content: "";
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }
  .unread {
    color: var(--_teal);
  }
  .unread::before,
  .unread::after {
    border-color: var(--_teal);
  }
  @media (forced-colors: active) {
    .bubble,
    .reaction {
      border: 1px solid;
    }
    .reaction[aria-pressed="true"] {
      border-color: Highlight;
    }
  }
`;
