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
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35em;
  }
  .tools input,
  .tools select {
    min-inline-size: 0;
    min-block-size: 2em;
    padding: 0.2em 0.5em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: var(--_raised);
    color: inherit;
    font: inherit;
    font-size: 0.8em;
  }
  .tools input {
    flex: 1 1 6rem;
  }
  .actions {
    display: flex;
  }
  .actions button {
    min-block-size: 2em;
    min-inline-size: 2em;
    padding: 0.2em;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    inline-size: min(60rem, calc(100vw - 2rem));
    block-size: calc(100dvh - 4rem);
    padding: 1.25em;
    gap: 0.75em;
  }
  dialog li {
    grid-template-columns: 5.5em 9em minmax(0, 1fr);
  }
  dialog .text {
    grid-column: auto;
  }
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
  }
  @media (width < 40rem) {
    dialog li {
      grid-template-columns: auto 1fr;
    }
    dialog .text {
      grid-column: 1 / -1;
    }
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
