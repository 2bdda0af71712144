import type { EpochDetail, FileManifest, FileProgress, MemberId, MessageRef } from "@qsec2/sdk";
import type { Reaction } from "./reactions.js";

/** How far an own message has come. */
export type Mark = "sending" | "failed" | "sent" | "delivered" | "read";

/** A place in the list. */
export interface Placed {
  /** The same for as long as the row exists, also when a waiting message has been sent. */
  readonly id: string;
  /** Rises along the list. */
  readonly order: number;
  /** When it was said: by the sender's clock, but never later than it came. Milliseconds since 1970. */
  readonly at: number;
  /** Day of the reader's calendar, see `localDay`; it never goes back along the list, whatever a clock says. */
  readonly day: number;
}

/** A file of this person's, kept for the preview and for another attempt. */
export interface LocalFile {
  readonly content: Blob;
  readonly name: string;
  readonly mime: string;
}

export interface Person {
  readonly id: MemberId;
  readonly name: string;
}

export interface MessageEntry extends Placed {
  readonly kind: "message";
  /** Null until the relay has taken it. */
  readonly ref: MessageRef | null;
  readonly from: Person;
  readonly own: boolean;
  /** As the sender wrote it, or last changed it; empty for a file and for what is deleted. */
  readonly text: string;
  /** The sender's clock, unchecked: tells two messages under one reference apart. */
  readonly sentAt: number;
  readonly file: FileManifest | null;
  readonly local: LocalFile | null;
  readonly replyTo: MessageRef | null;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly reactions: readonly Reaction[];
  /** Null for the messages of others. */
  readonly mark: Mark | null;
  readonly readBy: readonly Person[];
  /** When it goes away, milliseconds since 1970; null: not by itself. */
  readonly expiresAt: number | null;
  /** Of a file that is on its way to the relay. */
  readonly progress: FileProgress | null;
  readonly failure: SendFailure | null;
}

/** Why something could not be sent. */
export interface SendFailure {
  /** A sentence for the person. */
  readonly text: string;
  /** It would fail again however often one tries. */
  readonly lasting: boolean;
}

/** A line of the room itself: who came and went, and that the key changed. */
export interface EpochEntry extends Placed {
  readonly kind: "epoch";
  readonly detail: EpochDetail;
  readonly leaderBefore: MemberId | null;
}

/** The leader has set how long messages stay. */
export interface LifetimeEntry extends Placed {
  readonly kind: "lifetime";
  readonly from: Person;
  readonly own: boolean;
  /** 0: for good. */
  readonly seconds: number;
}

/** Messages of before that exist and could not be fetched. */
export interface GapEntry extends Placed {
  readonly kind: "gap";
  readonly missing: number;
}

export type Entry = MessageEntry | EpochEntry | LifetimeEntry | GapEntry;

export function keyOf({ id, epoch, seq }: MessageRef): string {
  return `${id}/${epoch}/${seq}`;
}

/** Whether two references name the same message. */
export function isSame(a: MessageRef | null | undefined, b: MessageRef | null | undefined): boolean {
  if (!a || !b) return !a && !b;
  return keyOf(a) === keyOf(b);
}

/** Days since 1970 in the time zone of the reader. */
export function localDay(at: number): number {
  return Math.floor(at / 86_400_000 - new Date(at).getTimezoneOffset() / 1440);
}
