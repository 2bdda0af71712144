import { css } from "lit";

export const logStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
    min-block-size: 0;
  }
  .note {
    font-size: 0.87em;
  }
  ol {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    font-size: 0.75rem;
    line-height: 1.5;
    overscroll-behavior: contain;
  }
  li {
    display: grid;
    grid-template-columns: auto 1fr;
    column-gap: 0.75em;
    padding-block: 0.3em;
    border-block-end: 1px solid var(--_line);
  }
  li:last-child {
    border-block-end: 0;
  }
  .tag {
    font-weight: 600;
  }
  .text {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
`;
