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
    gap: 0.6em 0.75em;
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
  /* At the first line of the text, however long that is. */
  .banner > .icon {
    align-self: start;
    margin-block-start: 0.1em;
  }
  .codes {
    display: block;
    margin-block-start: 0.3em;
    font-variant-numeric: tabular-nums;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5em;
    margin-inline-start: auto;
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
  .answers button {
    margin: 0;
  }
  @container (inline-size < 30rem) {
    .banner {
      padding-inline: 1em;
    }
  }
`;
