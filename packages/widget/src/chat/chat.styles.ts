import { css } from "lit";

export const chatStyles = css`
  :host {
    display: flex;
    min-block-size: 0;
    background: var(--_bg);
    container-type: inline-size;
  }
  .whole {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .log {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    overflow: hidden auto;
    overflow-anchor: none;
    padding: 0.5em max(1.5em, (100% - 46rem) / 2) 1.25em;
    overscroll-behavior: contain;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  /* Keeps the newest at the bottom of a list that is still short. */
  .log::before {
    content: "";
    margin-block-start: auto;
  }
  /* While nobody has said anything, the lines of the room stand below what there is to do, and never over it. */
  .vacant {
    display: flex;
    flex-direction: column;
    overflow: hidden auto;
  }
  .vacant .log {
    position: static;
    flex: none;
    overflow: visible;
  }
  .empty {
    display: grid;
    flex: 1 0 auto;
    place-items: center;
    padding: 1.5em;
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75em;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    border-radius: 999px;
    background: var(--_surface);
    box-shadow: 0 2px 10px rgb(0 0 0 / 18%);
  }
  .jump:hover:not(:disabled) {
    background: var(--_raised);
  }
  qsec-message-actions {
    position: absolute;
    z-index: 1;
    inset: 0 auto auto 0;
    inline-size: max-content;
    max-inline-size: 94cqi;
  }
  qsec-message-actions[data-away] {
    visibility: hidden;
  }
  .drop {
    position: absolute;
    inset: 0.5em;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_teal);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_bg) 88%, transparent);
    pointer-events: none;
  }
  .typing {
    max-inline-size: 46rem;
    min-block-size: 1.4em;
    inline-size: 100%;
    margin-inline: auto;
    padding-inline: 0.5em;
    overflow: hidden;
    font-size: 0.8em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @container (inline-size < 30rem) {
    .log {
      padding-inline: 0.75em;
    }
    .typing {
      padding-inline: 1.2em;
    }
  }
`;
