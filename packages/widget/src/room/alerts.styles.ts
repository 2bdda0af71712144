import { css } from "lit";

export const alertsStyles = css`
  :host {
    max-block-size: 45%;
    overflow-y: auto;
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
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
  /* Its buttons go below it where the text would become a thin column. */
  p {
    flex: 1 1 calc(min(14em, 100% - 5em));
    min-inline-size: 0;
    color: var(--_text);
    font-size: 0.93em;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .codes {
    display: block;
  }
  .times {
    color: var(--_muted);
  }
  button {
    flex: none;
    margin-inline-start: auto;
    color: var(--_text);
  }
  button.primary {
    color: var(--_on-accent);
  }
  button ~ button {
    margin-inline-start: 0;
  }
`;
