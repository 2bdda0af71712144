import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { MemberId, MessageRef } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import { day, list, timeOfDay } from "../locale/format.js";
import { markIcons } from "./icons.js";
import { dayLine, nameOf, systemLine } from "./lines.js";
import { linkPieces } from "./links.js";
import { beginningOf } from "./long-text.js";
import { localDay, type Mark, type MessageEntry } from "./model/entries.js";
import { chipsOf } from "./model/reactions.js";
import type { Row } from "./model/rows.js";
import { splitByMatches } from "./model/search.js";

/** One to three emoji and nothing else, each with what joins and colours it: they may be large. */
const FEW_EMOJI =
  /^(?:\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)(?:\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic}|\ufe0f)*){1,3}$/u;

/** Characters that three emoji have at most. In a long text the search for them would take minutes. */
const FEW_EMOJI_MAX = 100;

/** What a row can ask for; the object stays the same, so that a row is drawn again only when it changes. */
export interface RowHandlers {
  toggleReaction(entry: MessageEntry, emoji: string, own: boolean): void;
  goTo(ref: MessageRef): void;
  expand(id: string, on: boolean): void;
  /** The body of a message that is a file. */
  file(entry: MessageEntry): TemplateResult;
}

export interface RowView {
  readonly self: MemberId;
  readonly words: Words;
  readonly now: number;
  readonly finder: RegExp | null;
  /** Id of the row that the search stands at. */
  readonly current: string | null;
  readonly expanded: ReadonlySet<string>;
  readonly find: (ref: MessageRef) => MessageEntry | undefined;
  readonly on: RowHandlers;
}

/** One row of the list. Names and texts are text nodes in bidi isolation, never HTML. */
export function rowTemplate(row: Row, view: RowView): unknown {
  const { words } = view;
  if (row.kind === "day") return html`<p class="line"><span>${dayLine(row.at, view.now, words)}</span></p>`;
  if (row.kind === "unread") return html`<p class="line unread"><span>${words.chat.unread}</span></p>`;
  const { entry, first } = row;
  if (entry.kind !== "message") return html`<p class="system">${systemLine(entry, view.self, words)}</p>`;
  const quoted = entry.replyTo === null ? undefined : view.find(entry.replyTo);
  const isCurrent = view.current === entry.id;
  const isExpanded = view.expanded.has(entry.id);
  return guard([entry, first, words, quoted, view.finder, isCurrent, isExpanded], () =>
    messageTemplate(entry, { ...view, first, quoted, isCurrent, isExpanded }),
  );
}

interface MessageView extends RowView {
  readonly first: boolean;
  readonly quoted: MessageEntry | undefined;
  readonly isCurrent: boolean;
  readonly isExpanded: boolean;
}

function messageTemplate(entry: MessageEntry, view: MessageView): TemplateResult {
  const { chat, language } = view.words;
  const { own } = entry;
  const name = nameOf(entry, chat);
  const clock = timeOfDay(entry.at, language);
  // It stands among those of the day on which it came, whatever its sender says.
  const time = localDay(entry.at) === entry.day ? clock : `${day(entry.at, language)}, ${clock}`;
  const classes = `row ${own ? "own" : ""} ${view.first ? "first" : ""} ${view.isCurrent ? "current" : ""}`;
  const isFile = entry.file !== null || entry.local !== null;
  return html`<div class=${classes} data-id=${entry.id} role="article" tabindex="-1" aria-label=${chat.row(name, time)}>
    ${view.first ? html`<bdi class="name ${own ? "visually-hidden" : ""}">${name}</bdi>` : nothing}
    <div class="bubble ${isFile ? "file" : ""}" part="message ${own ? "own" : "other"}">
      ${entry.replyTo === null ? nothing : quoteTemplate(entry.replyTo, view)}
      ${isFile ? view.on.file(entry) : bodyTemplate(entry, view)}
      <span class="meta">
        ${entry.edited ? html`<span>${chat.edited}</span>` : nothing}
        <time datetime=${new Date(entry.at).toISOString()}>${time}</time>
        ${entry.mark === null ? nothing : markTemplate(entry, entry.mark, view.words)}
      </span>
    </div>
    ${chipsTemplate(entry, view)}
  </div>`;
}

function bodyTemplate({ id, text, deleted }: MessageEntry, view: MessageView): TemplateResult {
  const { words, finder, isExpanded, on } = view;
  const { chat } = words;
  if (deleted) return html`<em class="text gone">${chat.deleted}</em>`;
  const beginning = beginningOf(text);
  const shown = beginning === null || isExpanded ? text : beginning;
  const more = html`<button
    class="more small quiet"
    aria-expanded=${isExpanded}
    @click=${() => on.expand(id, !isExpanded)}
  >
    ${isExpanded ? chat.showLess : chat.showMore}
  </button>`;
  const look = shown !== text ? "cut" : text.length <= FEW_EMOJI_MAX && FEW_EMOJI.test(text) ? "large" : "";
  return html`<span class="text ${look}" dir="auto">${textTemplate(shown, finder, shown === text)}</span
    >${beginning === null ? nothing : more}`;
}

/** @param isWhole of a text that was cut the last address may be cut too, and is no link */
function textTemplate(text: string, finder: RegExp | null, isWhole: boolean): unknown {
  return linkPieces(text).map((piece, index, { length }) => {
    if (typeof piece === "string") return highlighted(piece, finder);
    if (!isWhole && index === length - 1) return piece.text;
    return html`<a dir="ltr" href=${piece.href} target="_blank" rel="noopener noreferrer"
      >${highlighted(piece.text, finder)}</a
    >`;
  });
}

function highlighted(text: string, finder: RegExp | null): unknown {
  if (finder === null) return text;
  return splitByMatches(text, finder).map((piece, index) => (index % 2 === 1 ? html`<mark>${piece}</mark>` : piece));
}

/** What a reply answers, as a button that leads there. */
function quoteTemplate(ref: MessageRef, { quoted, words, on }: MessageView): TemplateResult {
  const { chat } = words;
  if (quoted === undefined) return html`<p class="quote"><em>${chat.quoteGone}</em></p>`;
  const name = nameOf(quoted, chat);
  return html`<button class="quote" title=${chat.goToQuoted(name)} @click=${() => on.goTo(ref)}>
    <bdi class="quoted-name">${name}</bdi><bdi class="quoted-text">${excerptOf(quoted, words)}</bdi>
  </button>`;
}

/** A message in one line. */
export function excerptOf(entry: MessageEntry, { chat }: Words): string {
  if (entry.deleted) return chat.quoteDeleted;
  const name = entry.file?.name ?? entry.local?.name;
  return name ?? entry.text.slice(0, 200).replace(/\s+/gu, " ");
}

function markTemplate({ readBy }: MessageEntry, mark: Mark, { chat, language }: Words): TemplateResult {
  const word =
    mark === "read"
      ? chat.mark.read(
          list(
            readBy.map(({ name }) => name),
            language,
          ),
        )
      : chat.mark[mark];
  return html`<span class="mark ${mark}" title=${word}
    >${markIcons[mark]}<span class="visually-hidden">${word}</span></span
  >`;
}

function chipsTemplate(entry: MessageEntry, { words, on }: MessageView): TemplateResult | typeof nothing {
  const chips = chipsOf(entry.reactions);
  if (chips.length === 0) return nothing;
  const { chat, language } = words;
  return html`<div class="chips">
    ${chips.map(({ emoji, names, own }) => {
      const all = own ? [chat.you, ...names] : names;
      const who = list(all, language);
      return html`<button
        class="reaction"
        aria-pressed=${own}
        aria-label=${chat.reaction.chip(emoji, who)}
        title=${who}
        @click=${() => on.toggleReaction(entry, emoji, own)}
      >
        <bdi>${emoji}</bdi>${all.length > 1 ? html`<span>${all.length}</span>` : nothing}
      </button>`;
    })}
  </div>`;
}
