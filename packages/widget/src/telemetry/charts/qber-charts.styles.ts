import { css } from "lit";

export const chartStyles = css`
  .box {
    position: relative;
    /* Axes run from left to right in every language. */
    direction: ltr;
    block-size: 11rem;
    margin-block: 0.5em 0.75em;
  }
  h4 {
    margin: 0.75em 0 0;
    color: var(--_muted);
    font-size: 0.8em;
    font-weight: 600;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding-block: 0.15em;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
  }
  td {
    text-align: end;
  }
  summary {
    color: var(--_muted);
    font-size: 0.8em;
    cursor: pointer;
  }
  .note {
    font-size: 0.87em;
  }
`;
