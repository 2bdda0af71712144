import { css } from "lit";

export const messageActionsStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    max-inline-size: min(24rem, 92cqi);
    padding: 0.15em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 0.125rem);
    background: var(--_surface);
    box-shadow: 0 2px 10px rgb(0 0 0 / 14%);
  }
  button.square {
    min-block-size: 2em;
    min-inline-size: 2em;
  }
  button.emoji {
    min-inline-size: 1.75em;
    padding: 0;
    color: var(--_text);
    font-size: 1.15em;
  }
  form {
    display: inline;
  }
  input {
    inline-size: 2.6em;
    min-block-size: 2em;
    padding: 0 0.3em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: var(--_bg);
    color: inherit;
    font: inherit;
    text-align: center;
  }
  .question {
    padding-inline: 0.6em;
    font-size: 0.87em;
  }
  @container (inline-size < 24rem) {
    /* Eight emoji and the field in one row; the question in a row of its own, and the answers below. */
    .bar:has(.question) {
      justify-content: end;
      padding: 0.4em;
    }
    .question {
      inline-size: 100%;
      padding-block: 0.15em 0.4em;
    }
    input {
      inline-size: 2.1em;
    }
  }
  .danger {
    margin-inline-start: 0.3em;
    border-color: var(--_red);
    color: var(--_red);
  }
`;
