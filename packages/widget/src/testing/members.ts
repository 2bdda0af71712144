import {
  createMemoryRelay,
  createRoomSecret,
  QsecSession,
  type IdentityStore,
  type MemoryRelay,
  type QsecSessionOptions,
} from "@qsec2/sdk";
import { deep, until } from "./dom.js";

/** A relay in the page and the sessions that were made on it. */
export class Party {
  readonly relay: MemoryRelay = createMemoryRelay();
  readonly #secret = createRoomSecret();
  readonly #sessions: QsecSession[] = [];

  session(username: string, options: Partial<QsecSessionOptions> = {}): QsecSession {
    return this.#kept(new QsecSession(this.#options(username, options)));
  }

  /** A member that is remembered in this store. */
  async remembered(username: string, identityStore: IdentityStore): Promise<QsecSession> {
    return this.#kept(await QsecSession.open({ ...this.#options(username), remember: true, identityStore }));
  }

  #options(username: string, options: Partial<QsecSessionOptions> = {}): QsecSessionOptions {
    const secret = options.admission === undefined || options.admission === "link" ? { secret: this.#secret } : {};
    return { transport: this.relay.transport(), room: "standup", username, ...secret, ...options };
  }

  #kept(session: QsecSession): QsecSession {
    this.#sessions.push(session);
    return session;
  }

  end(): void {
    for (const session of this.#sessions) session.destroy();
  }
}

/** An element of the given name in the page, of a given size. */
export function place<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  width = 1280,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  Object.assign(element, properties);
  const box = document.createElement("div");
  box.style.setProperty("inline-size", `${width}px`);
  box.style.setProperty("block-size", "760px");
  box.append(element);
  document.body.append(box);
  return element;
}

export function clearPage(): void {
  document.body.replaceChildren();
}

/** Answers the question that an element asks before something that cannot be taken back. */
export async function answer(root: Element, yes: boolean): Promise<void> {
  const button = await until("the question", () =>
    deep<HTMLButtonElement>(root, `dialog[open] [data-answer=${yes ? "yes" : "no"}]`),
  );
  button.click();
  await until("the end of the question", () => deep(root, "dialog[open]") === null);
}
