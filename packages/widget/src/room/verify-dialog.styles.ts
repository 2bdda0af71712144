import { css } from "lit";

export const verifyStyles = css`
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 1em;
  }
  #text {
    margin-block: 0.5em 1.25em;
  }
  ol {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 0.5em;
    padding: 1.1em 0.75em;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  li {
    display: grid;
    justify-items: center;
    gap: 0.35em;
    font-size: 0.8em;
    line-height: 1.25;
    text-align: center;
  }
  .symbol {
    font-size: 2.4em;
    line-height: 1.2;
  }
  .digits {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.75em;
    margin-block: 0.9em 0.5em;
  }
  .digits .mono {
    letter-spacing: 0.08em;
  }
  .more {
    margin-block-start: 1em;
    font-size: 0.87em;
    text-align: end;
  }
  @media (width < 30rem) {
    ol {
      grid-template-columns: repeat(4, minmax(0, 1fr));
      row-gap: 1em;
    }
  }
`;
