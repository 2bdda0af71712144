import { css } from "lit";

/** What every dialog looks like: a native `<dialog>` in the middle of the page. */
export const dialogStyles = css`
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
  h2 {
    font-size: 1.35em;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  p {
    overflow-wrap: anywhere;
  }
  h2 + p {
    margin-block-start: 0.6em;
  }
  /* Focus starts here so that no key answers by accident; it is not a control. */
  h2:focus-visible {
    outline: none;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.75em;
    margin-block-start: 1.5em;
  }
  .answers button {
    white-space: nowrap;
  }
  @media (width < 30rem) {
    dialog {
      padding: 1.25em;
    }
    h2 {
      font-size: 1.15em;
    }
    .answers button {
      flex: 1;
      padding-inline: 0.5em;
    }
  }
`;
