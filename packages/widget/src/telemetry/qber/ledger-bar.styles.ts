import { css } from "lit";

export const ledgerStyles = css`
  .ledger {
    /* From the sender to the key, left to right in every language, as the photons fly. */
    direction: ltr;
    margin-block: 0.5em 0.6em;
  }
  .ledger svg {
    display: block;
  }
  .ledger text {
    fill: var(--_bg);
    font-size: 0.75rem;
    font-weight: 650;
    text-anchor: middle;
  }
  .share-lost,
  .share-unmatched {
    --_share: var(--_muted);
  }
  .share-sample {
    --_share: var(--_amber);
  }
  .share-dropped,
  .share-leaked,
  .share-abandoned {
    --_share: var(--_red);
  }
  .share-amplified {
    --_share: var(--_text);
  }
  .share-open {
    --_share: var(--_border);
  }
  .share-secret {
    --_share: var(--_teal);
  }
  .ledger rect {
    fill: var(--_share);
  }
  .swatch {
    display: inline-grid;
    inline-size: 1.35rem;
    block-size: 1.1rem;
    place-items: center;
    border-radius: 0.2rem;
    background: var(--_share);
    color: var(--_bg);
    font-size: 0.7rem;
    font-weight: 650;
    line-height: 1;
  }
  .shares li {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: 0.6em;
    font-size: 0.87em;
    line-height: 1.75;
  }
  .bits {
    font-variant-numeric: tabular-nums;
  }
  .ledger-none {
    font-size: 0.87em;
  }
  @media (forced-colors: active) {
    .swatch {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
      forced-color-adjust: none;
    }
    .ledger rect {
      fill: Canvas;
      stroke: CanvasText;
      forced-color-adjust: none;
    }
    .ledger rect.share-secret,
    .swatch.share-secret {
      fill: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    .ledger text {
      fill: CanvasText;
    }
  }
`;
