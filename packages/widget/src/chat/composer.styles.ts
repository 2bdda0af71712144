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
  ::slotted(*) {
    min-block-size: 2.4em;
    font: inherit;
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
  .context,
  .files li {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-inline-size: 0;
    border-inline-start: 3px solid var(--_teal);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: var(--_raised);
  }
  .context {
    margin-block-end: 0.4em;
    padding-inline-start: 0.7em;
    font-size: 0.87em;
  }
  .context p {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    padding-block: 0.3em;
  }
  .context bdi,
  .files bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em;
    max-block-size: 8em;
    margin-block-end: 0.4em;
    overflow-y: auto;
  }
  .files li {
    max-inline-size: 100%;
    border: 0;
    padding-inline-start: 0.7em;
    font-size: 0.87em;
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
    .box {
      gap: 0.1em;
    }
    .send {
      padding-inline: 0.6em;
    }
    textarea {
      padding-inline: 0.25em;
    }
    /* Who writes does not speak, and needs the width. */
    textarea:not(:placeholder-shown) ~ .voice {
      display: none;
    }
    /* Keys are of no use on a telephone; why nothing can be sent is. */
    .hint.keys {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      min-block-size: 0;
      overflow: hidden;
      clip-path: inset(50%);
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
