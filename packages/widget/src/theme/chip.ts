import { css } from "lit";

/** A short word in a tinted box: a state, a badge. The tint follows `.teal`, `.amber` or `.red`. */
export const chip = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.1em 0.55em;
    border-radius: 999px;
    background: color-mix(in srgb, currentColor 11%, transparent);
    font-size: 0.8em;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .chip {
      border: 1px solid;
    }
  }
`;
