import { html, type TemplateResult } from "lit";
import type { Words } from "../locale/en.js";
import { timeOfDay } from "../locale/format.js";
import type { Item, MessageItem } from "./items.js";
import { linkPieces, type Piece } from "./links.js";

/** One row of the message list. Names and texts are text nodes in bidi isolation, never HTML. */
export function itemTemplate(item: Item, words: Words): TemplateResult {
  if (item.kind === "message") return messageTemplate(item, words);
  return html`<p class="system"><bdi>${item.text}</bdi></p>`;
}

function messageTemplate({ message, first }: MessageItem, words: Words): TemplateResult {
  const { own, fromName, text, sentAt } = message;
  const name = html`<bdi class="name ${own ? "visually-hidden" : ""}">${own ? words.chat.you : fromName}</bdi>`;
  const time = timeOfDay(sentAt, words.language);
  return html`<div class="row ${own ? "own" : ""} ${first ? "first" : ""}">
    ${first ? name : ""}
    <div class="bubble" part="message ${own ? "own" : "other"}">
      <span class="text" dir="auto">${linkPieces(text).map(pieceTemplate)}</span>
      <time datetime=${new Date(sentAt).toISOString()}>${time}</time>
    </div>
  </div>`;
}

function pieceTemplate(piece: Piece): TemplateResult | string {
  if (typeof piece === "string") return piece;
  return html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>`;
}
