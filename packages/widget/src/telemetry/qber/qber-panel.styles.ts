import { css } from "lit";

export const qberStyles = css`
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75em;
  }
  h3 .chip {
    margin-inline-start: 0.35em;
    font-weight: 500;
  }
  .rate {
    margin-block: 0.35em 0.5em;
    font-size: 1.75em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 1.2;
  }
  .rate.muted {
    color: var(--_muted);
  }
  .unit {
    color: var(--_muted);
    font-size: 0.5em;
    font-weight: 400;
  }
  .bar {
    position: relative;
    padding-block-end: 1.2em;
    /* Percentages grow from the left in SVG; so does the label of the limit. */
    direction: ltr;
  }
  .bar svg {
    display: block;
    block-size: 16px;
    overflow: visible;
  }
  .rail {
    fill: var(--_line);
  }
  .fill {
    fill: currentColor;
  }
  .limit {
    stroke: var(--_text);
    stroke-width: 1.5;
  }
  .limit-label {
    position: absolute;
    inset-block-end: 0;
    left: 36.7%;
    transform: translateX(-50%);
    font-size: 0.75em;
    line-height: 1.3;
    white-space: nowrap;
  }
  .bound {
    margin-block-start: 0.5em;
    font-size: 0.8em;
  }
  h4 {
    margin: 1em 0 0;
    font-size: 0.8em;
    font-weight: 600;
  }
  qsec-qber-charts {
    margin-block-start: 0.75em;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 0.75em 0.75em;
    margin-block-start: 0.75em;
  }
  dt {
    color: var(--_muted);
    font-size: 0.8em;
    line-height: 1.35;
  }
  dd {
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }
`;
