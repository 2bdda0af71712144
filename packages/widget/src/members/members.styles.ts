import { css } from "lit";

export const membersStyles = css`
  ul {
    display: grid;
    gap: 1em;
    margin-block-start: 0.75em;
  }
  li {
    display: flex;
    gap: 0.75em;
  }
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.1em;
    block-size: 2.1em;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_muted) 18%, transparent);
    font-weight: 600;
  }
  .offline .avatar {
    opacity: 0.5;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid;
    }
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 0.4em;
    min-block-size: 2.1em;
  }
  .name bdi {
    overflow: clip;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .leader,
  .mark {
    display: flex;
    align-items: center;
    gap: 0.4em;
    font-size: 0.85em;
  }
  .mark {
    align-items: flex-start;
    line-height: 1.7;
  }
  .mark .icon {
    margin-block-start: 0.25em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em;
    margin-block-start: 0.5em;
  }
`;
