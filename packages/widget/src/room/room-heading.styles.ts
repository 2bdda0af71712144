import { css } from "lit";

export const roomHeadingStyles = css`
  :host {
    min-inline-size: 0;
  }
  h2 {
    font-size: 1.15em;
    font-weight: 650;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  p {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em;
    font-size: 0.85em;
  }
`;
