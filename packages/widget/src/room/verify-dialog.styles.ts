import { css } from "lit";

export const verifyStyles = css`
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 1em;
  }
  .head button {
    margin: -0.3em -0.5em;
  }
  #text {
    margin-block: 0.5em 1.25em;
  }
  ol {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    row-gap: 1em;
    padding: 1.1em 0.5em;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  /* Seven in a row, or four and three. */
  li {
    display: grid;
    flex: 0 0 calc(100% / 7);
    align-content: start;
    justify-items: center;
    min-inline-size: 0;
    padding-inline: 0.2em;
    hyphens: auto;
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
    li {
      flex-basis: 25%;
    }
  }
`;
