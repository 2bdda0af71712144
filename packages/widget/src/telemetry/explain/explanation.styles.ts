import { css } from "lit";

export const explanationStyles = css`
  .title {
    margin-block-start: 0.9em;
    color: var(--_text);
  }
  dl {
    margin-block: 0.35em 0.75em;
    font-size: 0.87em;
  }
  dt {
    margin-block-start: 0.6em;
    color: var(--_muted);
    font-size: 0.92em;
    font-weight: 600;
  }
  dd {
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .sources {
    display: grid;
    gap: 0.25em;
    color: var(--_muted);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
`;
