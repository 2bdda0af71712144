import { css } from "lit";

export const keyStatusStyles = css`
  :host {
    display: grid;
    gap: 1.75em;
  }
  dl {
    display: grid;
    gap: 0.35em;
    margin-block-start: 0.6em;
    font-size: 0.87em;
  }
  dl div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 0.75em;
  }
  dt {
    color: var(--_muted);
  }
  dd .mono {
    font-size: 0.94em;
  }
  .cipher {
    display: flex;
    align-items: center;
    gap: 0.35em;
  }
  button {
    margin-block-start: 0.75em;
  }
  .none {
    margin-block-start: 0.6em;
    font-size: 0.87em;
  }
  .label {
    margin-block: 0.6em 0.25em;
    font-size: 0.87em;
  }
  .code {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 0.1em 0.5em;
    padding: 0.5em 0.7em;
    border-radius: calc(var(--_radius) - 0.125rem);
    background: var(--_raised);
    font-size: 0.87em;
    letter-spacing: 0.06em;
  }
  .hint {
    margin-block-start: 0.6em;
    font-size: 0.8em;
    line-height: 1.45;
  }
`;
