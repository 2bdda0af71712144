import { html, type TemplateResult } from "lit";
import type { Words } from "../locale/en.js";
import type { MessageEntry } from "./model/entries.js";
import type { SessionChat } from "./session-chat.js";

let loading: Promise<unknown> | null = null;

/** The body of a message that is a file. What shows it comes into the page when the first file does. */
export function fileTemplate(entry: MessageEntry, chat: SessionChat, words: Words): TemplateResult {
  // Without the chunk the name stands there alone; the next file is another attempt.
  loading ??= import("../media/define-media.js").catch(() => (loading = null));
  const { outgoing, files } = chat;
  return html`<qsec-attachment
    .entry=${entry}
    .files=${files}
    .words=${words}
    .onCancel=${() => outgoing.cancel(entry.id)}
    .onRetry=${() => outgoing.retry(entry.id)}
    ><bdi>${entry.file?.name ?? entry.local?.name}</bdi></qsec-attachment
  >`;
}
