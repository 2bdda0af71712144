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
  bdi {
    overflow: hidden;
    text-overflow: ellipsis;
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
`;
