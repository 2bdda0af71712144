import { css } from "lit";

export const alertsStyles = css`
  :host {
    max-block-size: 45%;
    overflow-y: auto;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding: 0.7em 1.25em;
    border-block-end: 1px solid var(--_line);
  }
  .banner.red {
    background: var(--_red-soft);
  }
  .banner.amber {
    background: var(--_amber-soft);
  }
  p {
    flex: 1;
    min-inline-size: 0;
    color: var(--_text);
    font-size: 0.93em;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .banner.changed {
    flex-wrap: wrap;
  }
  .banner.changed p {
    flex-basis: 14em;
  }
  .codes {
    display: block;
  }
  .times {
    color: var(--_muted);
  }
  button {
    flex: none;
    color: var(--_text);
  }
`;
