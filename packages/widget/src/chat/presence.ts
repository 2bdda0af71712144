import type { QsecSession } from "@qsec2/sdk";
import type { ChatModel } from "./model/chat-model.js";

/** What was read is told at most this often, ms: one receipt covers all before it. */
const PAUSE = 1_000;

/** Tells the others what this person has read, and that it types. That it could not be told is of no interest to anybody. */
export class Presence {
  readonly #session: QsecSession;
  readonly #model: ChatModel;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: QsecSession, model: ChatModel) {
    this.#session = session;
    this.#model = model;
  }

  typing(on: boolean): void {
    if (this.#session.state === "secured") this.#session.chat({ op: "typing", on }).catch(() => undefined);
  }

  /** Something may have been read. */
  read(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#session.state !== "secured") return;
      for (const ref of this.#model.takeReceipts())
        this.#session.chat({ op: "receipt", ref, state: "read" }).catch(() => undefined);
    }, PAUSE);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
