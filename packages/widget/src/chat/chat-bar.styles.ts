import { css } from "lit";

export const chatBarStyles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: 0.15em;
    padding: 0.2em 0.75em;
  }
  .state {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.4em;
    min-inline-size: 0;
    padding-inline-start: 0.25em;
    font-size: 0.83em;
  }
  button.square {
    min-block-size: 2em;
    min-inline-size: 2em;
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
    min-inline-size: 8em;
    min-block-size: 2.2em;
    padding: 0.2em 0.7em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.125rem);
    background: var(--_bg);
    color: inherit;
    font: inherit;
  }
  .place {
    min-inline-size: 5em;
    font-size: 0.83em;
    text-align: center;
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
`;
