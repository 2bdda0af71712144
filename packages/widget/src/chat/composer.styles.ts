import { css } from "lit";

export const composerStyles = css`
  form {
    max-inline-size: 46rem;
    margin-inline: auto;
    padding: 0.25em 1.5em 0.9em;
    box-sizing: content-box;
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: 0.5em;
    padding: 0.4em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 0.25rem);
    background: var(--_bg);
  }
  .box:focus-within {
    border-color: var(--_teal);
    box-shadow: 0 0 0 1px var(--_teal);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 2.4em;
    max-block-size: 12em;
    padding: 0.45em 0.6em;
    border: 0;
    outline: 0;
    background: transparent;
    color: inherit;
    font: inherit;
    resize: none;
    field-sizing: content;
  }
  @supports not (field-sizing: content) {
    textarea {
      min-block-size: 4.5em;
    }
  }
  /* The box around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .hint {
    min-block-size: 1.5em;
    margin-block-start: 0.35em;
    padding-inline: 0.5em;
    font-size: 0.8em;
  }
  .failure {
    margin-block-end: 0.5em;
    padding: 0.5em 0.8em;
    border-radius: calc(var(--_radius) - 0.125rem);
    background: var(--_red-soft);
    font-size: 0.87em;
  }
  @container (inline-size < 30rem) {
    form {
      padding-inline: 0.75em;
    }
    .send span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (forced-colors: active) {
    .box:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
