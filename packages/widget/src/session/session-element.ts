import type { QsecSession } from "@qsec2/sdk";
import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Words } from "../locale/en.js";
import { Language } from "../locale/language.js";

/**
 * An element that shows one session. It listens while it is connected; subclasses say to what, and forget what they
 * have seen when another session takes the place.
 *
 * @fires qsec-error - Something failed
 */
export abstract class SessionElement extends LitElement {
  #session: QsecSession | null = null;
  #subscription: AbortController | null = null;
  #words: Words | null = null;
  readonly #language = new Language(this);

  /** The session to show. Setting it subscribes at once, so that no event between two renders is missed. */
  @property({ attribute: false })
  get session(): QsecSession | null {
    return this.#session;
  }
  set session(session: QsecSession | null) {
    if (session === this.#session) return;
    this.#unsubscribe();
    this.#session = session;
    this.reset();
    this.#subscribe();
  }

  /**
   * The words it shows. By default those of its language, which is that of the nearest `lang` around it; see
   * `registerTranslation()`.
   */
  @property({ attribute: false })
  get words(): Words {
    return this.#words ?? this.#language.words;
  }
  set words(words: Words) {
    this.#words = words;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#subscribe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
  }

  /** Forget everything that was learnt from the session before. */
  protected abstract reset(): void;

  /** Add the listeners, all with `{ signal }`. */
  protected abstract observe(session: QsecSession, signal: AbortSignal): void;

  /** Tells that something the person asked for has failed, as `qsec-error`. */
  protected report(error: unknown): void {
    this.dispatchEvent(
      new CustomEvent("qsec-error", { detail: { error, fatal: false }, bubbles: true, composed: true }),
    );
  }

  #subscribe(): void {
    if (this.#session === null || !this.isConnected || this.#subscription !== null) return;
    this.#subscription = new AbortController();
    this.observe(this.#session, this.#subscription.signal);
  }

  #unsubscribe(): void {
    this.#subscription?.abort();
    this.#subscription = null;
  }
}
