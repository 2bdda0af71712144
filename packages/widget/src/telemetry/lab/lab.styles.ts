import { css } from "lit";

const tables = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding-block: 0.2em;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
  }
  td,
  th[scope="col"]:not(:first-child) {
    text-align: end;
  }
  .note {
    font-size: 0.8em;
  }
`;

export const labPlotStyles = css`
  ${tables}
  canvas {
    display: block;
    direction: ltr;
    inline-size: 100%;
    block-size: 13rem;
    margin-block: 0.5em;
  }
  summary {
    color: var(--_muted);
    font-size: 0.8em;
    cursor: pointer;
  }
`;

export const labStyles = css`
  ${tables}
  :host {
    container: qsec-lab / inline-size;
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr));
    gap: 0.6em 0.9em;
    margin-block: 0.75em;
  }
  label {
    display: grid;
    gap: 0.15em;
    font-size: 0.8em;
  }
  label span {
    color: var(--_muted);
  }
  input,
  select {
    min-inline-size: 0;
    min-block-size: 2.3em;
    padding: 0.2em 0.5em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: var(--_raised);
    color: inherit;
    font: inherit;
    font-size: 1.1em;
  }
  input:invalid {
    border-color: var(--_red);
    outline: 1px solid var(--_red);
  }
  .actions {
    display: flex;
    grid-column: 1 / -1;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .result,
  .theory {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25em;
  }
  .result {
    margin-block-start: 1em;
  }
  h4 {
    margin: 0;
    font-size: 0.8em;
    font-weight: 600;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  @container qsec-lab (inline-size > 44rem) {
    .result {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      align-items: start;
    }
  }
`;
