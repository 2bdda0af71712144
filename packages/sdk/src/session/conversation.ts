import type { MessageDetail } from "../room/events.js";
import type { Room } from "../room/room.js";
import type { Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { BODY_MAX } from "../wire/limits.js";
import { MessageStream } from "./message-stream.js";
import { Outbox, type Draft, type Said } from "./outbox.js";
import { destroyed } from "./problems.js";
import type { RoomRunner } from "./room-runner.js";
import { abortable } from "./waiting.js";

export interface ConversationHost {
  readonly room: Room;
  readonly runner: RoomRunner;
  readonly transport: Transport;
  /** A message for the application, own or another's. */
  message(detail: MessageDetail): void;
}

/** What is said in the room: the way out through the outbox, and the way in to whoever listens. */
export class Conversation {
  readonly #host: ConversationHost;
  readonly #outbox: Outbox;
  readonly #streams = new Set<MessageStream>();
  #ended = false;

  constructor(host: ConversationHost) {
    this.#host = host;
    const { room, transport } = host;
    this.#outbox = new Outbox({
      isReady: () => room.isReady(Date.now()),
      holds: (epoch) => room.holds(epoch),
      seal: ({ type, body }, now) => room.seal(type, body, now),
      send: (frame) => transport.send({ event: "group_message", header: {}, frame }),
      accepted: (message) => this.show(message),
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
      if (!room.secured) throw notSecured();
      return Promise.resolve({ accepted: this.#outbox.add(draft, signal) });
    });
    runner.push((now) => room.wantReady(now));
    return abortable(accepted, signal);
  }

  /** A message for the application and for every stream of messages. */
  show(message: MessageDetail): void {
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
    if (this.#outbox.isWaiting && !this.#host.room.secured) this.#outbox.dropWaiting(notSecured());
    await this.#outbox.flush();
  }

  linkDown(): void {
    this.#outbox.linkDown();
  }

  linkUp(): void {
    this.#outbox.linkUp();
  }

  end(): void {
    this.#ended = true;
    this.#outbox.giveUp(destroyed());
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }
}

function notSecured(): QsecError {
  return new QsecError("not_secured", "There is no room key with anybody yet: wait for secured() before sending.");
}
