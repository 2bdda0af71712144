import { css } from "lit";

export const blochStyles = css`
  .head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.75em;
  }
  h3 .chip {
    margin-inline-start: 0.35em;
    font-weight: 500;
  }
  .place {
    font-size: 0.75em;
  }
  canvas {
    /* Its labels are formulas. */
    direction: ltr;
    display: block;
    inline-size: 100%;
    block-size: 14rem;
    margin-block: 0.25em;
  }
  .text {
    /* Three lines stay free, so that the panels below do not jump from one qubit to the next. */
    min-block-size: 4.5em;
    font-size: 0.87em;
  }
  .legend {
    display: flex;
    gap: 1em;
    margin-block-start: 0.25em;
    font-size: 0.8em;
  }
  .dot {
    display: inline-block;
    inline-size: 0.6em;
    block-size: 0.6em;
    margin-inline-end: 0.4em;
    border-radius: 50%;
    background: currentColor;
    forced-color-adjust: none;
  }
  .note {
    font-size: 0.8em;
  }
  qsec-bloch-3d {
    margin-block-start: 0.75em;
  }
`;
