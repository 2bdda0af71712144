import { css } from "lit";

export const emptyStateStyles = css`
  :host {
    max-inline-size: 25rem;
    text-align: center;
  }
  h2 {
    font-size: 1.25em;
    font-weight: 650;
    line-height: 1.35;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  p {
    margin-block: 0.5em 1.5em;
  }
  qsec-invite {
    text-align: center;
  }
`;
