import { css } from "lit";

export const verifyStyles = css`
  :host {
    display: contents;
  }
  dialog {
    inline-size: min(36rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    padding: 1.75em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 0.375rem);
    background: var(--_surface);
    color: inherit;
    box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 35%);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 55%);
  }
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 1em;
  }
  h2 {
    font-size: 1.35em;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  /* Focus starts here so that no key answers by accident; it is not a control. */
  h2:focus-visible {
    outline: none;
  }
  #text {
    margin-block: 0.5em 1.25em;
  }
  ol {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 0.5em;
    padding: 1.1em 0.75em;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  li {
    display: grid;
    justify-items: center;
    gap: 0.35em;
    font-size: 0.8em;
    line-height: 1.25;
    text-align: center;
  }
  .symbol {
    font-size: 2.4em;
    line-height: 1.2;
  }
  .digits {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.75em;
    margin-block: 0.9em 0.5em;
  }
  .digits .mono {
    letter-spacing: 0.08em;
  }
  .answers {
    display: flex;
    justify-content: end;
    gap: 0.75em;
    margin-block-start: 1.5em;
  }
  .more {
    margin-block-start: 1em;
    font-size: 0.87em;
    text-align: end;
  }
  @media (width < 30rem) {
    dialog {
      padding: 1.25em;
    }
    ol {
      grid-template-columns: repeat(4, minmax(0, 1fr));
      row-gap: 1em;
    }
    .answers button {
      flex: 1;
    }
  }
`;
