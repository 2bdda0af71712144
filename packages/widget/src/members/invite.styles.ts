import { css } from "lit";

export const inviteStyles = css`
  button {
    inline-size: 100%;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
  }
  .others button {
    flex: 1;
    inline-size: auto;
    padding-inline: 0.6em;
    white-space: nowrap;
  }
  .qr {
    display: block;
    inline-size: min(100%, 16rem);
    margin: 0.75em auto 0;
    border-radius: calc(var(--_radius) - 0.25rem);
    forced-color-adjust: none;
  }
  label {
    display: grid;
    gap: 0.25em;
    margin-block-start: 0.6em;
    font-size: 0.87em;
  }
  input {
    inline-size: 100%;
    padding: 0.45em 0.6em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.25rem);
    background: var(--_bg);
    color: inherit;
    font-size: 0.87em;
  }
  .hint {
    margin-block-start: 0.6em;
    font-size: 0.8em;
    line-height: 1.45;
  }
`;
