import { css } from "lit";

export const sphereStyles = css`
  :host {
    display: block;
  }
  dialog {
    inline-size: min(56rem, calc(100vw - 2rem));
    padding: 1.25em;
  }
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 1em;
  }
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 15rem;
    gap: 1.25em;
    margin-block: 0.75em;
  }
  .screen {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    /* Its labels are formulas. */
    direction: ltr;
    block-size: min(26rem, 55dvh);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_bg);
    overflow: hidden;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    touch-action: none;
  }
  canvas[hidden] {
    display: none;
  }
  canvas:focus-visible {
    outline-offset: -3px;
  }
  .notice {
    padding: 0.6em 0.9em;
    border-block-start: 1px solid var(--_line);
    direction: inherit;
    font-size: 0.87em;
  }
  dl {
    display: grid;
    align-content: start;
    gap: 0.7em;
  }
  dt {
    color: var(--_muted);
    font-size: 0.8em;
  }
  dd {
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .verdict {
    min-block-size: 2.8em;
  }
  .ket {
    font-size: 1.15em;
    font-weight: 600;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }
  .controls input {
    flex: 1;
    min-inline-size: 8rem;
    accent-color: var(--_accent);
  }
  .place {
    min-inline-size: 9em;
    font-size: 0.87em;
    text-align: end;
  }
  select {
    min-block-size: 2.4em;
    padding-inline: 0.5em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.125rem);
    background: var(--_raised);
    color: inherit;
    font: inherit;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    margin-block-start: 0.75em;
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
  @media (width < 44rem) {
    .stage {
      grid-template-columns: minmax(0, 1fr);
    }
    .screen {
      block-size: 38dvh;
    }
    dl {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .verdict {
      grid-column: 1 / -1;
    }
    .place {
      text-align: start;
    }
  }
`;
