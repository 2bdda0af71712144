import { css } from "lit";

/** Boxes have their size before anything is in them, and nothing that comes makes them larger. */
export const attachmentStyles = css`
  :host {
    flex: 1 0 100%;
    min-inline-size: 0;
    overflow: hidden;
  }
  .picture {
    display: block;
    inline-size: 100%;
    min-block-size: 0;
    block-size: 12em;
    margin-block-end: 0.3em;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: 0.7em;
    background: color-mix(in srgb, var(--_text) 6%, transparent);
  }
  .picture.upright {
    block-size: 20em;
  }
  .picture img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .thumb {
    filter: blur(3px);
  }
  video {
    display: block;
    inline-size: 100%;
    block-size: 14em;
    margin-block-end: 0.3em;
    border-radius: 0.7em;
    background: black;
  }
  audio {
    display: block;
    inline-size: 100%;
    block-size: 3em;
    margin-block-end: 0.3em;
  }
  .card {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    min-inline-size: 0;
    padding-inline-start: 0.4em;
  }
  .seen .about {
    display: flex;
    gap: 0.6em;
    font-size: 0.83em;
    line-height: 1.9;
  }
  .seen .size {
    flex: none;
    font-size: 1em;
  }
  .seen .save {
    min-block-size: 1.9em;
  }
  .about {
    display: grid;
    flex: 1 1 7em;
    min-inline-size: 0;
  }
  .name {
    display: flex;
    min-inline-size: 0;
    white-space: pre;
  }
  .name span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .size {
    color: color-mix(in srgb, var(--_text) 75%, transparent);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }
  .save {
    display: grid;
    place-items: center;
    min-inline-size: 2.4em;
    min-block-size: 2.4em;
    border-radius: calc(var(--_radius) - 0.125rem);
    color: inherit;
  }
  .save:hover {
    background: color-mix(in srgb, var(--_text) 7%, transparent);
  }
  progress {
    display: block;
    inline-size: 100%;
    block-size: 0.4em;
    margin-block: 0.3em;
    accent-color: var(--_accent);
  }
  .failure {
    padding: 0.2em 0.4em;
    font-size: 0.87em;
  }
  dialog {
    max-inline-size: 96vw;
    max-block-size: 96vh;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  dialog img {
    display: block;
    inline-size: auto;
    block-size: auto;
    max-inline-size: 94vw;
    max-block-size: 92vh;
    object-fit: contain;
  }
  dialog button {
    position: absolute;
    inset-block-start: 0.4em;
    inset-inline-end: 0.4em;
    background: var(--_surface);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 70%);
  }
`;
