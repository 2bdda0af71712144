import { css } from "lit";

export const monitorStyles = css`
  canvas {
    display: block;
    /* Photons fly from the sender on the left to the receiver on the right, in every language. */
    direction: ltr;
    inline-size: 100%;
    block-size: 7rem;
    margin-block: 0.75em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: color-mix(in srgb, var(--_bg) 70%, transparent);
  }
  .sentence {
    /* Two lines stay free, so that what is below does not jump from one phase to the next. */
    min-block-size: 3em;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr));
    gap: 0.5em 0.75em;
    margin-block-start: 0.5em;
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
