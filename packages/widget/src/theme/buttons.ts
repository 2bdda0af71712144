import { css } from "lit";

/** One button with four looks: outlined by default, `.primary`, `.quiet` (text only) and `.square` (an icon only). */
export const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.4em;
    padding: 0.35em 0.9em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 0.125rem);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 550;
    line-height: 1.2;
    cursor: pointer;
  }
  button:hover:not(:disabled, [aria-disabled="true"]) {
    background: color-mix(in srgb, var(--_text) 7%, transparent);
  }
  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary:hover:not(:disabled, [aria-disabled="true"]) {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  button:disabled,
  button[aria-disabled="true"] {
    cursor: not-allowed;
    opacity: 0.5;
  }
  button.quiet {
    border-color: transparent;
    color: var(--_muted);
  }
  button.quiet:hover:not(:disabled) {
    color: var(--_text);
  }
  button.square {
    min-inline-size: 2.4em;
    padding: 0.35em;
    border-color: transparent;
  }
  button.small {
    min-block-size: 2em;
    padding: 0.2em 0.65em;
    font-size: 0.87em;
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonBorder !important;
    }
  }
`;
