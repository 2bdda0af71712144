import { css } from "lit";

export const paletteStyles = css`
  [data-colour="text"] {
    color: var(--_text);
  }
  [data-colour="muted"] {
    color: var(--_muted);
  }
  [data-colour="line"] {
    color: var(--_line);
  }
  [data-colour="teal"] {
    color: var(--_teal);
  }
  [data-colour="amber"] {
    color: var(--_amber);
  }
  [data-colour="red"] {
    color: var(--_red);
  }
  /* No fade is seen in a millisecond, but its end is an event: that is how a canvas learns of a new theme. */
  canvas {
    color: var(--_text);
    transition: color 1ms;
  }
`;
