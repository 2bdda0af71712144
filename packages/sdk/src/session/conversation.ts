import { decodeManifest, type FileManifest } from "../attachments/manifest.js";
import { encodeChatEvent, OWN_ONLY } from "../chat/chat-event.js";
import { refTo, type MessagePointer } from "../chat/message-ref.js";
import { chatEventOf, type OutgoingChatEvent } from "../chat/outgoing-event.js";
import { OutgoingTyping } from "../chat/typing-limiter.js";
import type { ChatDetail, MessageDetail } from "../room/events.js";
import { CONTENT_TYPE } from "../room/group-message.js";
import type { Room } from "../room/room.js";
import { notSecured } from "../room/seal.js";
import type { Transport } from "../transport/transport.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId, Refusal } from "../wire/events.js";
import { BODY_MAX } from "../wire/limits.js";
import { MessageStream } from "./message-stream.js";
import { Outbox, type Draft, type Said } from "./outbox.js";
import { destroyed } from "./problems.js";
import { RoomPost } from "./room-post.js";
import type { RoomRunner } from "./room-runner.js";
import { abortable } from "./waiting.js";

export interface ConversationHost {
  readonly room: Room;
  readonly runner: RoomRunner;
  readonly transport: Transport;
  readonly self: { readonly id: MemberId; readonly name: string };
  /** A message for the application, own or another's. */
  message(detail: MessageDetail): void;
  /** What was done to messages, by this member or another. */
  event(detail: ChatDetail): void;
  /** The relay has numbered a message of this session's. */
  numbered(seq: number | undefined): void;
  /** The relay does not keep messages, though this room would have them kept. */
  notKept(refusal: Refusal): void;
}

/** What is said in the room: the way out through the outbox, and the way in to whoever listens. */
export class Conversation {
  readonly #host: ConversationHost;
  readonly #outbox: Outbox;
  readonly #post: RoomPost;
  readonly #typing = new OutgoingTyping();
  readonly #streams = new Set<MessageStream>();
  readonly #rids = new WeakMap<FileManifest, Uint8Array>();
  #ended = false;

  constructor(host: ConversationHost) {
    this.#host = host;
    const { room } = host;
    this.#post = new RoomPost(host);
    this.#outbox = new Outbox({
      isReady: () => room.sealer.isReady(Date.now()),
      holds: (hash) => room.holds(hash),
      seal: ({ type, body }, now) => room.sealer.seal(type, body, now),
      send: (said) => this.#post.send(said),
      isNew: (said) => room.history.showsOwn(said),
      next: (taken) => {
        host.runner.push((now) => {
          if (taken !== null) room.sealer.taken(taken, now);
          return room.tick(now);
        });
      },
    });
  }

  /**
   * Puts a message into the outbox; it goes out as soon as the room can seal it.
   * @throws QsecError `not_secured`, `message_too_large`, `aborted`, `destroyed`, `link_lost`, or the relay's refusal
   */
  async say(draft: Draft, signal?: AbortSignal): Promise<Said> {
    const { room, runner } = this.#host;
    if (signal?.aborted) return abortable(Promise.reject<never>(destroyed()), signal);
    if (draft.body.length > BODY_MAX)
      throw new QsecError("message_too_large", `A message may have at most ${BODY_MAX} bytes; split it into several.`);
    // In two parts: sealing takes its turn in the queue, waiting for the relay must not hold the queue up.
    const { accepted } = await runner.run(() => {
      this.requireSecured();
      return Promise.resolve({ accepted: this.#outbox.add(draft, signal) });
    });
    runner.push((now) => room.wantReady(now));
    return abortable(accepted, signal);
  }

  /** Says a text, as a reply if it points to another message. @throws QsecError as {@link say} does */
  async text(text: string, answered: MessagePointer | undefined, signal?: AbortSignal): Promise<MessageDetail> {
    const replyTo = answered === undefined ? undefined : refTo(answered, "replyTo");
    const detail = ({ epoch, seq, sentAt }: Said): MessageDetail => {
      const { id, name } = this.#host.self;
      const reply = replyTo === undefined ? {} : { replyTo };
      return { from: id, fromName: name, own: true, text, sentAt, epoch, seq, ...reply };
    };
    const content =
      replyTo === undefined
        ? { type: CONTENT_TYPE.text, body: utf8(text) }
        : { type: CONTENT_TYPE.event, body: encodeChatEvent({ op: "reply", ref: replyTo, text }) };
    this.#typing.sentMessage();
    return detail(await this.say({ ...content, show: (said) => this.show(detail(said)) }, signal));
  }

  /** Says where a file is and how to open it. @throws QsecError as {@link say} does */
  async file(manifest: Uint8Array): Promise<MessageDetail> {
    const { id: from, name: fromName } = this.#host.self;
    const detail = ({ epoch, seq, sentAt }: Said): MessageDetail => {
      return { from, fromName, own: true, text: "", sentAt, epoch, seq, file: decodeManifest(manifest) };
    };
    const show = (said: Said) => this.show(detail(said));
    return detail(await this.say({ type: CONTENT_TYPE.file, body: manifest, show }));
  }

  /** Says what is done to messages. `typing` goes out only as often as it may. @throws QsecError as {@link say} does */
  async event(given: OutgoingChatEvent, signal?: AbortSignal): Promise<void> {
    const event = chatEventOf(given);
    if (event.op === "reply") return void (await this.text(event.text, event.ref, signal));
    const body = encodeChatEvent(event);
    const { id: from, name: fromName } = this.#host.self;
    if ("ref" in event && event.ref !== undefined && OWN_ONLY.has(event.op) && event.ref.id !== from)
      throw new QsecError("NOT_OWN", "Only one's own messages can be changed.");
    if (event.op === "expire" && event.ref === undefined && !this.#host.room.isLeading)
      throw new QsecError("not_leader", "Only the leader of the room can decide how long its messages stay.");
    if (event.op === "typing" && !this.#typing.take(event.on, Date.now())) return;
    const show = ({ epoch, seq, sentAt }: Said) =>
      this.#host.event({ from, fromName, own: true, event, sentAt, epoch, seq });
    await this.say({ type: CONTENT_TYPE.event, body, show }, signal);
  }

  /** The room's public id when a file came: it is part of what its blob is sealed with, and a removal changes it. */
  ridOf(file: FileManifest): Uint8Array | undefined {
    return this.#rids.get(file);
  }

  /** @throws QsecError `not_secured` */
  requireSecured(): void {
    if (!this.#host.room.secured) throw notSecured();
  }

  /** A message for the application and for every stream of messages. */
  show(message: MessageDetail): void {
    const { room } = this.#host;
    if (message.file !== undefined) this.#rids.set(message.file, room.history.ridOf(message.file) ?? room.rid.slice());
    this.#host.message(message);
    for (const stream of this.#streams) stream.push(message);
  }

  /** Every message from now on. */
  stream(signal?: AbortSignal): AsyncIterableIterator<MessageDetail> {
    const stream = new MessageStream((ended) => this.#streams.delete(ended));
    if (this.#ended || signal?.aborted) stream.end();
    else this.#streams.add(stream);
    signal?.addEventListener("abort", () => void stream.return(), { once: true });
    return stream;
  }

  /** Part of a step of the room: sends what can go. Nothing that was said to some people waits for others. */
  async flush(): Promise<void> {
    // A leader that has just taken over waits for the others to open its room key: they are the ones it was said to.
    const isAlone = (this.#host.room.epoch?.members ?? 1) < 2;
    if (this.#outbox.isWaiting && isAlone) this.#outbox.dropWaiting(notSecured());
    await this.#outbox.flush();
  }

  linkDown(): void {
    this.#outbox.linkDown();
  }

  linkUp(): void {
    this.#post.linkUp();
    this.#outbox.linkUp();
  }

  end(): void {
    this.#ended = true;
    this.#outbox.giveUp(destroyed());
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }
}
