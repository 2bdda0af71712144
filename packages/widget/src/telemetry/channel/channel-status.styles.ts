import { css } from "lit";

export const channelStyles = css`
  .head,
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25em 0.75em;
  }
  .track {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 0.25em;
    margin-block: 0.75em 0.5em;
  }
  .track span {
    block-size: 0.25em;
    border-radius: 999px;
    background: var(--_line);
  }
  .track .done {
    background: currentColor;
  }
  .line {
    min-block-size: 1.5em;
    font-size: 0.87em;
  }
  .line:empty {
    display: none;
  }
  .sentence {
    font-size: 0.87em;
  }
  @media (forced-colors: active) {
    .track .done {
      background: Highlight;
    }
  }
`;
