import { css } from "lit";

export const chatBarStyles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: 0.15em;
    padding: 0.2em 0.75em;
  }
  .start {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.75em;
    min-inline-size: 0;
  }
  :host([heading]) .bar {
    min-block-size: 4.25em;
    padding-block: 0.5em;
    padding-inline: 1.25em 0.75em;
    border-block-end: 1px solid var(--_line);
  }
  .state {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    padding: 0.35em 1em;
    border-block-end: 1px solid var(--_line);
    font-size: 0.83em;
  }
  /* The browser's own cross would stand beside the one that closes the search. */
  input::-webkit-search-cancel-button {
    appearance: none;
  }
  [aria-expanded="true"] {
    background: var(--_raised);
  }
  .panel {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em;
    margin: 0;
    padding: 0.4em 0.75em 0.6em;
    border: 0;
    border-block-end: 1px solid var(--_line);
  }
  input[type="search"] {
    flex: 1;
    min-inline-size: 6em;
    min-block-size: 2.4em;
    padding: 0.2em 0.7em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.125rem);
    background: var(--_bg);
    color: inherit;
    font: inherit;
  }
  .place {
    min-inline-size: 4.5em;
    padding-inline: 0.4em;
    font-size: 0.83em;
    text-align: center;
    white-space: nowrap;
  }
  .lifetimes {
    gap: 0.4em 1.1em;
  }
  legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
    font-size: 0.87em;
    font-weight: 600;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    min-block-size: 1.8em;
  }
  input[type="radio"] {
    margin: 0;
    accent-color: var(--_accent);
  }
  .lifetimes p {
    inline-size: 100%;
    font-size: 0.83em;
  }
  @container (inline-size < 30rem) {
    :host([heading]) .bar {
      gap: 0;
      min-block-size: 3.5em;
      padding-inline: 0.5em;
    }
    .start {
      gap: 0.25em;
    }
    .panel {
      padding-inline: 0.5em;
    }
    .lifetimes {
      padding-inline: 1.1em;
    }
  }
`;
