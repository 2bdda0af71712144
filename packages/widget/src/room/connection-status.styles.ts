import { css } from "lit";

export const connectionStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.75em;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 0.55em;
    min-inline-size: 0;
    font-weight: 600;
  }
  /* Two lines at the most, and of like length: "(1 of" and "2)" belong together. */
  bdi {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.3;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  bdi.muted {
    color: var(--_text);
  }
  .mark {
    display: flex;
  }
  .dot {
    inline-size: 0.6em;
    block-size: 0.6em;
    margin: 0.3em;
    border-radius: 50%;
    background: currentColor;
  }
  .busy {
    animation: breathe 1.8s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.3;
    }
  }
  @container (inline-size < 30rem) {
    .line {
      gap: 0.35em;
      font-size: 0.93em;
      line-height: 1.2;
    }
    bdi {
      -webkit-line-clamp: 3;
      line-height: inherit;
    }
  }
`;
