import type { MemberId, MessageRef, QsecSession } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import type { Sender } from "./composer.js";
import { ChatModel } from "./model/chat-model.js";
import { OpenedFiles } from "./opened-files.js";
import { Outgoing, sentenceOf } from "./outgoing.js";
import { Presence } from "./presence.js";

export interface SessionChatHost {
  readonly words: () => Words;
  readonly changed: () => void;
}

/** The conversation of one session: its model, what is on its way, and the timer of what changes by itself. */
export class SessionChat implements Sender {
  readonly session: QsecSession;
  readonly model: ChatModel;
  readonly outgoing: Outgoing;
  readonly files: OpenedFiles;
  /** Tell the others neither what was read nor that this person types. */
  isDiscreet = false;
  readonly #host: SessionChatHost;
  readonly #presence: Presence;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: QsecSession, host: SessionChatHost) {
    this.session = session;
    this.#host = host;
    this.model = new ChatModel(session.id);
    this.files = new OpenedFiles(session);
    this.#presence = new Presence(session, this.model);
    this.outgoing = new Outgoing({
      session,
      model: this.model,
      words: host.words,
      picture: async (file) => (await import("../media/picture.js")).pictureOf(file),
      changed: this.#changed,
    });
  }

  get self(): MemberId {
    return this.session.id;
  }

  /** Whether this person leads the room. */
  get leads(): boolean {
    return this.session.members.some(({ you, leader }) => you && leader);
  }

  /** Whether what is sent goes out now, or when the link is back. */
  get isOnline(): boolean {
    const { state, epoch } = this.session;
    return state === "secured" || (state === "reconnecting" && (epoch?.members ?? 0) > 1);
  }

  listen(signal: AbortSignal, onOwn: () => void): void {
    const { session, model } = this;
    const options = { signal };
    const tell = (change: unknown): void => {
      if (change !== false && change !== null) this.#changed();
    };
    session.addEventListener(
      "message",
      ({ detail }) => {
        tell(model.message(detail, Date.now()));
        // Who writes wants to see it.
        if (detail.own && detail.fromHistory !== true) onOwn();
      },
      options,
    );
    session.addEventListener("chat", ({ detail }) => tell(model.event(detail, Date.now())), options);
    session.addEventListener("delivered", ({ detail }) => tell(model.delivered(detail)), options);
    session.addEventListener("history", ({ detail }) => tell(model.history(detail, Date.now())), options);
    session.addEventListener("members", () => this.#changed(), options);
    session.addEventListener(
      "epoch",
      ({ detail }) => {
        model.epoch(detail, Date.now());
        this.#changed();
        // Who comes later does not know the setting.
        if (detail.joined.length > 0 && detail.leader.id === this.self && model.lifetime > 0)
          session.chat({ op: "expire", seconds: model.lifetime }).catch(() => undefined);
      },
      options,
    );
    this.#changed();
  }

  text(text: string, replyTo: MessageRef | null): Promise<void> {
    return this.outgoing.text(text, replyTo);
  }

  edit(ref: MessageRef, text: string): Promise<void> {
    return this.session.chat({ op: "edit", ref, text });
  }

  file(file: File): void {
    this.outgoing.file(file);
  }

  typing(on: boolean): void {
    if (!this.isDiscreet) this.#presence.typing(on);
  }

  /** The end of the list is in sight. */
  read(): void {
    if (!this.isDiscreet) this.#presence.read();
  }

  sentence(error: unknown): string {
    const words = this.#host.words();
    return words.chat.done(sentenceOf(error, words));
  }

  /** The element is out of the page, perhaps for a moment: nothing ticks. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#presence.end();
  }

  end(): void {
    this.rest();
    this.outgoing.end();
    this.files.clear();
  }

  readonly #changed = (): void => {
    this.#host.changed();
    clearTimeout(this.#timer);
    const next = this.model.nextChange;
    if (next === null) return;
    // Longer than a timer can wait is looked at again in a day.
    this.#timer = setTimeout(this.#tick, Math.min(86_400_000, Math.max(0, next - Date.now()) + 10));
  };

  readonly #tick = (): void => {
    this.model.expire(Date.now());
    this.#changed();
  };
}
