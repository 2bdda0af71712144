import { css } from "lit";

export const voiceStyles = css`
  .box {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    min-block-size: 3.3em;
    padding: 0.4em;
    border: 1px solid var(--_teal);
    border-radius: calc(var(--_radius) + 0.25rem);
  }
  .grow {
    flex: 1 1 9em;
    min-inline-size: 0;
    padding-inline: 0.4em;
    font-size: 0.93em;
  }
  .live {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .dot {
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    background: currentColor;
    animation: pulse 1.2s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
  meter {
    flex: 1;
    min-inline-size: 3em;
    block-size: 0.8em;
  }
  audio {
    block-size: 2.6em;
    padding: 0;
  }
  @container (inline-size < 30rem) {
    .box {
      justify-content: end;
    }
    .stop,
    .refused,
    audio.grow {
      flex-basis: 100%;
    }
  }
`;
