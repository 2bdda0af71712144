import {
  cleanFileName,
  Receipts,
  type ChatDetail,
  type EpochDetail,
  type FileProgress,
  type HistoryDetail,
  type MemberId,
  type MessageDetail,
  type MessageRef,
} from "@qsec2/sdk";
import { EntryList } from "./entry-list.js";
import {
  isSame,
  type Entry,
  type EpochEntry,
  type GapEntry,
  type LifetimeEntry,
  type LocalFile,
  type MessageEntry,
  type SendFailure,
} from "./entries.js";
import { cleanEmoji, isLater, withReaction } from "./reactions.js";
import { search } from "./search.js";
import { Typing } from "./typing.js";
import { Unread } from "./unread.js";

/** What a person sends, before the relay has taken it. */
export interface Waiting {
  readonly text?: string;
  readonly replyTo?: MessageRef | null;
  readonly local?: LocalFile;
}

type Change = { readonly epoch: number; readonly seq: number };

/**
 * The conversation as a person sees it, built from what a session tells. Owns all of that state and reads no clock: `now`
 * is milliseconds since 1970. What a peer may not do (change another's message, point to nothing) changes nothing.
 */
export class ChatModel {
  readonly #self: MemberId;
  readonly #list = new EntryList();
  readonly #receipts = new Receipts();
  readonly #typing = new Typing();
  readonly #unread = new Unread();
  /** The last edit of each message. */
  readonly #edits = new Map<string, Change>();
  #leader: MemberId | null = null;
  #lifetime = 0;
  #nextExpiry = Infinity;

  constructor(self: MemberId) {
    this.#self = self;
  }

  get entries(): readonly Entry[] {
    return this.#list.all;
  }

  /** How long messages stay after they were shown, in seconds; 0: for good. */
  get lifetime(): number {
    return this.#lifetime;
  }

  get unread(): number {
    return this.#unread.count;
  }

  /** Id of the first unread entry. */
  get unreadFrom(): string | null {
    return this.#unread.from;
  }

  /** When something changes by itself next, milliseconds since 1970; null: nothing does. */
  get nextChange(): number | null {
    const next = Math.min(this.#typing.nextChange ?? Infinity, this.#nextExpiry);
    return next === Infinity ? null : next;
  }

  typing(now: number): readonly string[] {
    return this.#typing.names(now);
  }

  find(ref: MessageRef): MessageEntry | undefined {
    return this.#list.find(ref);
  }

  search(finder: RegExp): readonly string[] {
    return search(this.entries, finder);
  }

  /** A message was opened, or an own one taken by the relay. @returns the entry, or null for one that is known */
  message(detail: MessageDetail, now: number): MessageEntry | null {
    const ref = { id: detail.from, epoch: detail.epoch, seq: detail.seq };
    if (this.#list.knows(ref, detail.sentAt)) return null;
    const waited = detail.own ? this.#list.waiting.find((entry) => isAnswer(entry, detail)) : undefined;
    if (waited !== undefined) this.#list.remove(waited);
    const content = {
      ...plain({ id: detail.from, name: detail.fromName }, detail.own),
      ref,
      text: detail.text,
      sentAt: detail.sentAt,
      file: detail.file ?? null,
      local: waited?.local ?? null,
      replyTo: detail.replyTo ?? null,
      mark: detail.own ? ("sent" as const) : null,
      expiresAt: this.#lifetime === 0 ? null : now + this.#lifetime * 1000,
    };
    const entry = this.#list.append<MessageEntry>(content, Math.max(0, Math.min(detail.sentAt, now)), waited?.id);
    this.#expectExpiry(entry.expiresAt);
    this.#typing.clear(detail.from, now);
    if (!detail.own) this.#unread.came(entry);
    return entry;
  }

  /** Somebody did something to messages. @returns whether anything changed */
  event({ from, fromName: name, own, event, epoch, seq }: ChatDetail, now: number): boolean {
    switch (event.op) {
      case "typing":
        return !own && this.#typing.said(from, name, event.on, now);
      case "react": {
        const reaction = { from, name, own, emoji: cleanEmoji(event.emoji), epoch, seq };
        return this.#change(event.ref, (entry) => ({ ...entry, reactions: withReaction(entry.reactions, reaction) }));
      }
      case "edit":
        return isByAuthor(from, event.ref, { epoch, seq }) && this.#edit(event.ref, event.text, { epoch, seq });
      case "delete":
        return isByAuthor(from, event.ref, { epoch, seq }) && this.#change(event.ref, deleted);
      case "receipt":
        return event.state === "read" && !own && this.#read(event.ref, { id: from, name });
      case "expire":
        if (event.ref === undefined) return this.#setLifetime(event.seconds, { id: from, name }, own, now);
        return isByAuthor(from, event.ref, { epoch, seq }) && this.#limit(event.ref, event.seconds, now);
    }
  }

  /** Everybody has an own message. */
  delivered({ epoch, seq }: Change): boolean {
    const ref = { id: this.#self, epoch, seq };
    return this.#change(ref, (entry) => (entry.mark === "sent" ? { ...entry, mark: "delivered" } : entry));
  }

  /** A new room key: who came and went. */
  epoch(detail: EpochDetail, now: number): void {
    for (const { id } of detail.left) this.#typing.clear(id, now);
    this.#list.append<EpochEntry>({ kind: "epoch", detail, leaderBefore: this.#leader }, now);
    this.#leader = detail.leader.id;
  }

  /** A fetch of the history is over: says what is missing. */
  history({ gaps }: HistoryDetail, now: number): boolean {
    const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
    const told = this.entries.reduce((sum, entry) => (entry.kind === "gap" ? entry.missing : sum), 0);
    if (missing === 0 || missing === told) return false;
    this.#list.append<GapEntry>({ kind: "gap", missing }, now);
    return true;
  }

  /** Shows what is being sent. @returns its id */
  wait({ text = "", replyTo = null, local }: Waiting, name: string, now: number): string {
    const content = {
      ...plain({ id: this.#self, name }, true),
      ref: null,
      text,
      sentAt: now,
      file: null,
      local: local ?? null,
      replyTo,
      mark: "sending" as const,
      expiresAt: null,
    };
    this.#unread.answered();
    return this.#list.wait(content, now).id;
  }

  /** What is waiting has come further, could not be sent, or is tried again. */
  update(
    id: string,
    change: { mark?: "sending" | "failed"; progress?: FileProgress | null; failure?: SendFailure | null },
  ): void {
    const entry = this.waiting(id);
    if (entry !== undefined) this.#list.replace({ ...entry, ...change });
  }

  /** What is waiting is not to be sent any more. */
  drop(id: string): void {
    const entry = this.waiting(id);
    if (entry !== undefined) this.#list.remove(entry);
  }

  waiting(id: string): MessageEntry | undefined {
    return this.#list.waiting.find((entry) => entry.id === id);
  }

  /** @param on whether the newest messages are in sight @returns whether something changed */
  reading(on: boolean): boolean {
    return this.#unread.reading(on);
  }

  takeReceipts(): readonly MessageRef[] {
    return this.#unread.takeReceipts();
  }

  /** Takes away what has had its time. @returns whether anything went */
  expire(now: number): boolean {
    if (now < this.#nextExpiry) return false;
    this.#nextExpiry = Infinity;
    const gone: Entry[] = [];
    for (const entry of this.entries) {
      if (entry.kind !== "message" || entry.expiresAt === null) continue;
      if (entry.expiresAt <= now) gone.push(entry);
      else this.#expectExpiry(entry.expiresAt);
    }
    for (const entry of gone) {
      const next = this.entries[this.#list.indexOf(entry.order) + 1] as Entry | undefined;
      this.#unread.gone(entry.id, next?.id ?? null);
      this.#list.remove(entry);
    }
    return gone.length > 0;
  }

  #edit(ref: MessageRef, text: string, change: Change): boolean {
    return this.#change(ref, (entry) => {
      const last = this.#edits.get(entry.id);
      if (entry.file !== null || (last !== undefined && !isLater(change, last))) return entry;
      this.#edits.set(entry.id, change);
      return { ...entry, text, edited: true };
    });
  }

  #limit(ref: MessageRef, seconds: number, now: number): boolean {
    const expiresAt = seconds === 0 ? null : now + seconds * 1000;
    this.#expectExpiry(expiresAt);
    return this.#change(ref, (entry) => ({ ...entry, expiresAt }));
  }

  #setLifetime(seconds: number, from: LifetimeEntry["from"], own: boolean, now: number): boolean {
    // A leader says it again for those who come later.
    if (seconds === this.#lifetime) return false;
    this.#lifetime = seconds;
    this.#list.append<LifetimeEntry>({ kind: "lifetime", from, own, seconds }, now);
    return true;
  }

  /** Somebody has read all own messages of an epoch up to one. */
  #read(ref: MessageRef, reader: LifetimeEntry["from"]): boolean {
    const target = ref.id === this.#self ? this.find(ref) : undefined;
    if (target === undefined || !this.#receipts.receive(reader.id, { ref, state: "read" })) return false;
    for (let index = this.#list.indexOf(target.order); index >= 0; index--) {
      const entry = this.entries[index];
      if (entry.kind !== "message" || !entry.own || entry.ref === null) continue;
      if (entry.ref.epoch !== ref.epoch || entry.readBy.some(({ id }) => id === reader.id)) break;
      this.#list.replace({ ...entry, mark: "read", readBy: [...entry.readBy, reader] });
    }
    return true;
  }

  /** Puts another entry in the place of a message that can still be changed. */
  #change(ref: MessageRef, change: (entry: MessageEntry) => MessageEntry): boolean {
    const entry = this.find(ref);
    if (entry === undefined || entry.deleted) return false;
    const changed = change(entry);
    if (changed === entry) return false;
    this.#list.replace(changed);
    return true;
  }

  #expectExpiry(at: number | null): void {
    if (at !== null) this.#nextExpiry = Math.min(this.#nextExpiry, at);
  }
}

/** Only its author changes a message, and only after having said it. */
function isByAuthor(from: MemberId, ref: MessageRef, change: Change): boolean {
  return from === ref.id && isLater(change, ref);
}

/** A message that nothing was done to yet. */
function plain(from: MessageEntry["from"], own: boolean) {
  return {
    kind: "message",
    from,
    own,
    edited: false,
    deleted: false,
    reactions: [],
    readBy: [],
    progress: null,
    failure: null,
  } as const;
}

/** Nothing of what was said stays, in the list or in memory. */
function deleted(entry: MessageEntry): MessageEntry {
  return { ...entry, text: "", file: null, local: null, replyTo: null, reactions: [], edited: false, deleted: true };
}

/** Whether what was taken by the relay is what is waiting: messages are taken in the order in which they were sent. */
function isAnswer({ text, local, replyTo, mark }: MessageEntry, detail: MessageDetail): boolean {
  if (mark === "failed") return false;
  if (local === null) return detail.file === undefined && text === detail.text && isSame(replyTo, detail.replyTo);
  return detail.file?.size === local.content.size && detail.file.name === cleanFileName(local.name);
}
