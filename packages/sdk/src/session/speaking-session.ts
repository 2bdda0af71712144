import type { FileManifest } from "../attachments/manifest.js";
import type { FileSource } from "../attachments/source.js";
import type { MessagePointer } from "../chat/message-ref.js";
import type { OutgoingChatEvent } from "../chat/outgoing-event.js";
import type { DirectDetail, MessageDetail, PlaintextDetail } from "../room/events.js";
import type { MemberId } from "../wire/events.js";
import type { Conversation } from "./conversation.js";
import { SessionDecisions } from "./decisions.js";
import type { Directs } from "./direct.js";
import type { FileTransfers, OpenFileOptions, SendFileOptions } from "./file-transfers.js";
import { sendPlaintext, type PlaintextHost } from "./plaintext.js";

/** Lets a caller stop waiting. */
export interface WaitOptions {
  /** Ends the wait: the promise rejects with `aborted`. */
  readonly signal?: AbortSignal;
}

/** A file for the room: its name, media type, picture, progress and a signal to stop. */
export type FileOptions = Omit<SendFileOptions<unknown>, "sendManifest">;

/** What a person says to the others in a room, and reads. */
export abstract class SpeakingSession extends SessionDecisions {
  /**
   * Seals a text for everyone in the room. Resolves when the relay has taken it. In a room that is secured it waits
   * while the link is down, the relay refuses for now, or the leader has not confirmed the roster within the last minute.
   * When it rejects with the relay's refusal, the message is not sent any more and may be said again.
   * @param text at most 65 455 bytes of UTF-8; a reply has room for some 150 bytes less
   * @param options `replyTo`: the message that this one answers, as the event `message` gave it, or its reference
   * @throws QsecError `bad_option`, `not_secured`, `message_too_large`, `link_lost`, `aborted`, `destroyed`, or the relay's refusal
   */
  send(text: string, { signal, replyTo }: WaitOptions & { replyTo?: MessagePointer } = {}): Promise<MessageDetail> {
    return this.conversation.text(text, replyTo, signal);
  }

  /**
   * Seals a file for everyone in the room, brings it to the relay part by part, then sends the message about it. Waits
   * while the link is down and goes on where it was.
   * @param file a `File`, or a `Blob` with the option `name`
   * @throws QsecError `bad_option` without a name, `file_too_large`, `file_changed`, `file_unreadable`, `quota_exceeded`,
   * `aborted`, and what {@link send} throws
   * @example
   * const [file] = input.files;
   * const sent = await session.sendFile(file, { onProgress: ({ done, total }) => (bar.value = done / total) });
   */
  async sendFile(file: FileSource, options: FileOptions = {}): Promise<MessageDetail> {
    this.conversation.requireSecured(); // nothing is brought to the relay for nobody
    return this.files.send(file, { ...options, sendManifest: (manifest) => this.conversation.file(manifest) });
  }

  /**
   * Fetches and opens the file of a message. The Blob is handed out only when all of it has been checked. Its type is the
   * sender's word for images, audio and video; for all else, what a page could run included, it is
   * `application/octet-stream`, and the message's `mime` says what the sender called it.
   * @throws QsecError `KEY_COMMIT`, `DECRYPT`, `TRUNCATED`, `TRAILING`, `PADDING`, `unknown_blob`, `aborted`, `destroyed`
   * @example
   * session.addEventListener("message", async ({ detail: { file } }) => {
   *   if (file !== undefined) save(await session.openFile(file), file.name);
   * });
   */
  openFile(file: FileManifest, options: OpenFileOptions = {}): Promise<Blob> {
    const rid = this.conversation.ridOf(file);
    return this.files.open(file, { ...(rid === undefined ? {} : { rid }), ...options });
  }

  /**
   * Reacts to, edits or deletes messages, says that this person types or has read, or sets when messages expire; all of
   * it sealed like a text. The others get it as `chat`. `typing` is sent at most every three seconds.
   * @param event its `ref` is a message as the event `message` gave it, or its reference
   * @throws QsecError `bad_option`, `NOT_OWN`, `not_leader`, and what {@link send} throws
   * @example
   * await session.chat({ op: "react", ref: message, emoji: "👍" });
   * await session.chat({ op: "edit", ref: ownMessage, text: "what I meant" });
   * await session.chat({ op: "receipt", ref: lastSeen, state: "read" });
   */
  chat(event: OutgoingChatEvent, { signal }: WaitOptions = {}): Promise<void> {
    return this.conversation.event(event, signal);
  }

  /**
   * Writes to one member alone, over the session of the two; where they have none, a handshake makes one first, and shows
   * both the emoji to compare. Unsigned: the other knows who wrote, and cannot prove it to anybody. Resolves when the
   * other's device has opened it, and it comes there as `direct`.
   * @param content a text, or bytes of the application; at most 65 455 bytes
   * @throws QsecError `not_secured`, `unknown_peer` for who is not in the roster, `peer_offline`, `message_too_large`,
   * `rate_limited`, `timeout` after a minute without an answer (nobody knows whether it arrived), `aborted`, `destroyed`
   */
  sendDirect(peer: MemberId, content: string | Uint8Array, { signal }: WaitOptions = {}): Promise<DirectDetail> {
    return this.directs.send(peer, content, signal);
  }

  /** Whether this session takes messages that are not encrypted: show a warning for as long as it does. */
  get allowsPlaintext(): boolean {
    return this.plaintext.allowed;
  }

  /**
   * Sends a text **without encryption**, readable for the relay and whoever is behind it. Works only where this session,
   * the relay's operator and every member allow it. It is not sent again when the link drops.
   * @param text 1 to 4096 bytes of UTF-8
   * @throws QsecError `plaintext_disabled`, `bad_request`, `link_lost`, or another refusal of the relay
   */
  sendPlaintext(text: string): Promise<PlaintextDetail> {
    return sendPlaintext(this.plaintext, text);
  }

  /** Every message from now on, one's own included, until the session closes. */
  messages({ signal }: WaitOptions = {}): AsyncIterableIterator<MessageDetail> {
    return this.conversation.stream(signal);
  }

  /** @ignore */
  protected abstract readonly conversation: Conversation;
  /** @ignore */
  protected abstract readonly files: FileTransfers;
  /** @ignore */
  protected abstract readonly directs: Directs;
  /** @ignore */
  protected abstract readonly plaintext: PlaintextHost;
}
