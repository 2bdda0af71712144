import { QsecError, QsecSession, type OpenSessionOptions } from "@qsec2/sdk";
import { isServer, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { QsecConfirmDialog } from "../dialog/confirm-dialog.js";
import { SessionElement } from "../session/session-element.js";
import { base } from "../theme/base.js";
import { buttons } from "../theme/buttons.js";
import { DrawerController } from "./drawer-controller.js";
import { FORWARDED, type QsecRoomEventMap } from "./events.js";
import { canTryAgain, failureText } from "./failure-model.js";
import { DETAILS, IDENTITY, planSession, type SetupProblem } from "./plan.js";
import { loadLaboratory } from "./laboratory.js";
import { noticeTemplate, roomTemplate } from "./room-template.js";
import { roomStyles } from "./room.styles.js";
import type { QsecVerifyDialog } from "./verify-dialog.js";

/**
 * A whole chat room: members, conversation, telemetry. It makes a session from its attributes and ends it when it is
 * taken out of the page; or it shows the one given as `session`, whose life is then the embedder's business.
 *
 * @tagname qsec-room
 * @fires qsec-session - A session was made and is about to connect
 * @fires qsec-state - The session moved to another state
 * @fires qsec-secured - Messages can be sent
 * @fires qsec-message - A message was opened or sent
 * @fires qsec-epoch - A new room key is active
 * @fires qsec-aborted - A BB84 run ended without a key
 * @fires qsec-security - Something an honest relay would not cause
 * @fires qsec-error - Something failed
 * @fires qsec-left - The person left
 * @fires qsec-removed - The leader removed this person
 * @slot header - Beside the state of the connection
 * @slot empty - In place of what stands in the middle while there is no message
 * @slot composer-actions - Beside the field where messages are written
 * @csspart sidebar - The left column
 * @csspart centre - The conversation with its header
 * @csspart telemetry - The right column
 * @csspart open-sidebar - The button that opens the left column where it is a drawer
 * @csspart open-telemetry - The button that opens the right column where it is a drawer
 * @csspart member - One row of the list of members
 * @csspart alert - One banner above the conversation
 * @csspart log - The message list
 * @csspart message - One bubble
 * @csspart composer - The composer element
 * @csspart room-code - The code that is the same on every screen
 * @csspart timer - How long this person has been here
 * @csspart dialog - A dialog
 * @csspart emoji - The emoji to compare
 */
export class QsecRoom extends SessionElement {
  static override styles = [base, buttons, roomStyles];

  /** Address of the relay. */
  @property() relay = "";
  /** Room ID. */
  @property() room = "";
  /** The name that the others see. */
  @property() username = "";
  /** How many people the room is for, 2 to 64; the first to join decides. */
  @property({ type: Number }) expected = 2;
  /** The room secret, 43 base64url characters; `admission="link"` only. */
  @property() secret = "";
  /** `link` (default), `verify` or `open`. */
  @property() admission = "link";
  /** BB84 profile: `golay` (default), `ldpc` or `classic`. Read when a session is made. */
  @property() profile = "";
  /** Be the same member of this room each time on this device, and notice when others are not. */
  @property({ type: Boolean }) remember = false;
  /** As the leader, let nobody in before this person says so; not with `admission="verify"`. */
  @property({ type: Boolean }) approve = false;
  /**
   * Keep the messages of a room that this person creates: sealed at a relay with `--history`, their keys on the members'
   * devices. It reduces forward secrecy, and a banner says so.
   */
  @property({ type: Boolean }) history = false;
  /** With `history`, as the leader: let newcomers read what was said before. */
  @property({ type: Boolean, attribute: "share-history" }) shareHistory = false;
  /** Channel laboratory: a panel of its own, and only with it do `noise` and `eve` count. */
  @property({ type: Boolean }) lab = false;
  /** Address of a page with `<qsec-channel-lab>`, which links to a run of the laboratory lead to. No links by default. */
  @property({ attribute: "lab-page" }) labPage = "";
  /** Error probability of the simulated channel, 0 … 0.5. Read when a session is made. */
  @property({ type: Number }) noise: number | null = null;
  /** Share of qubits a demonstration eavesdropper intercepts, 0 … 1. Read when a session is made. */
  @property({ type: Number }) eve: number | null = null;
  /** Tell nobody that this person types or has read something. */
  @property({ type: Boolean }) discreet = false;
  /** `off`: a screen reader does not announce the messages that come. */
  @property() announce: "on" | "off" = "on";
  /** `auto` follows the system. */
  @property({ reflect: true }) theme: "auto" | "light" | "dark" = "auto";
  /** Address of the page that serves `/room/<id>`, for the invite link. By default the relay serves it. */
  @property({ attribute: "invite-page" }) invitePage = "";
  /** Address of the page to go back to when the room cannot be opened, or is left. None by default. */
  @property() home = "";

  @state() private problem: SetupProblem | null = null;
  @state() private failure: Error | null = null;
  @state() private left: "left" | "forgotten" | null = null;
  /** Who removed this person, or null. */
  @state() private removedBy: string | null = null;
  @query("qsec-confirm-dialog") private readonly confirmDialog!: QsecConfirmDialog | null;
  @query("qsec-verify-dialog") private readonly verifyDialog!: QsecVerifyDialog | null;

  /** The session made here, in contrast to one that was given. */
  #own: QsecSession | null = null;
  /** What is being read from this device, if that is still wanted when it is there. */
  #recalling: symbol | null = null;
  #needsSession = true;
  #starting = false;
  #page: AbortController | null = null;
  readonly #drawers = new DrawerController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#page = new AbortController();
    const { signal } = this.#page;
    // Nothing that takes a while is finished any more when a page goes: close at once.
    addEventListener("pagehide", () => this.#end((own) => own.destroy()), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#restart(), { signal });
    // Only a first connection, or one after the end, finds something to do.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page?.abort();
    // Taken out and put back within one task is a move, not an end.
    setTimeout(() => this.isConnected || this.#end());
  }

  protected override reset(): void {
    this.problem = null;
    this.failure = null;
    this.left = null;
    this.removedBy = null;
  }

  protected override observe(session: QsecSession, signal: AbortSignal): void {
    for (const [name, type] of Object.entries(FORWARDED) as [keyof typeof FORWARDED, keyof QsecRoomEventMap][]) {
      session.addEventListener(name, ({ detail }) => this.#emit(type, detail), { signal });
    }
    session.addEventListener("removed", ({ detail }) => (this.removedBy = detail.by.name), { signal });
    session.addEventListener("error", ({ detail: { error } }) => this.#onProblem(session, error), { signal });
    session.addEventListener(
      "state",
      ({ detail }) => detail.state === "secured" && this.#emit("qsec-secured", { session }),
      { signal },
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer || !this.isConnected) return;
    if (changed.has("lab") && this.lab) loadLaboratory();
    const failed = this.problem !== null || this.failure !== null;
    const causes = failed ? [...IDENTITY, ...DETAILS] : IDENTITY;
    if (causes.some((name) => changed.has(name))) this.#needsSession = true;
    const given = this.session !== null && this.session !== this.#own;
    if (given) this.#end();
    else if (this.#needsSession) this.#begin();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!this.#starting || this.#own === null) return;
    // Not before the panels listen, so that they see the session from its first event on.
    this.#starting = false;
    const session = this.#own;
    session.connect().catch((error: unknown) => {
      // Who leaves before the room was there has not failed to join it.
      const isOver = error instanceof QsecError && error.code === "destroyed";
      if (this.session === session && !isOver) this.#fail(error);
    });
  }

  #begin(): void {
    this.#needsSession = false;
    this.#end();
    this.#needsSession = false;
    this.reset();
    const plan = planSession(this, globalThis.crypto?.subtle !== undefined);
    if ("problem" in plan) {
      this.problem = plan.problem;
      return;
    }
    if (plan.options.remember === true) {
      void this.#recall(plan.options);
      return;
    }
    try {
      this.#adopt(new QsecSession(plan.options));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reading what this device remembers takes a while, in which the element may get other settings, or go. */
  async #recall(options: OpenSessionOptions): Promise<void> {
    const recalling = (this.#recalling = Symbol("recalling"));
    const isWanted = (): boolean => this.#recalling === recalling;
    try {
      const session = await QsecSession.open(options);
      if (isWanted()) this.#adopt(session);
      else session.destroy();
    } catch (error) {
      if (isWanted()) this.#fail(error);
    }
  }

  #adopt(session: QsecSession): void {
    this.#own = session;
    this.session = session;
    this.#starting = true;
    this.#emit("qsec-session", { session });
  }

  /** Ends the session that was made here: by a farewell to the others, if there is time for one. */
  #end(by: (own: QsecSession) => unknown = farewell): void {
    const own = this.#own;
    this.#own = null;
    this.#recalling = null;
    this.#needsSession = true;
    if (own === null) return;
    if (this.session === own) this.session = null;
    by(own);
  }

  readonly #restart = (): void => {
    this.#needsSession = true;
    this.requestUpdate();
  };

  /** Puts the focus where messages are written. */
  override focus(options?: FocusOptions): void {
    const composer = this.renderRoot.querySelector("qsec-chat")?.renderRoot.querySelector("qsec-composer");
    composer?.focus(options);
  }

  /** The link that lets somebody in, or null while there is no session. */
  inviteLink(): string | null {
    const { session } = this;
    return session === null || session.state === "closed" ? null : session.inviteLink(this.#invitePage);
  }

  get #invitePage(): string {
    return this.invitePage || this.relay || (isServer ? "" : location.origin);
  }

  readonly #askToForget = async (): Promise<void> => {
    const { forget, forgetTitle, forgetText } = this.words.room;
    const sure = await this.confirmDialog?.ask({ title: forgetTitle, text: forgetText, confirm: forget });
    if (sure === true) await this.forget();
  };

  /** Leaves, and deletes what this device remembers of the room. A failure is told as `qsec-error`. */
  async forget(): Promise<void> {
    const { session } = this;
    if (session === null) return;
    try {
      await session.forget();
    } catch (error) {
      this.report(error);
      return;
    }
    this.left = "forgotten";
    this.#emit("qsec-left", { room: session.room });
  }

  /** Asks first: what is said while this person is away is not there to be read later. */
  readonly #askToLeave = async (): Promise<void> => {
    const { leave, leaveTitle, leaveText } = this.words.room;
    const sure = await this.confirmDialog?.ask({ title: leaveTitle, text: leaveText, confirm: leave });
    if (sure === true) await this.leave();
  };

  /** Says goodbye to the room, whoever made the session, and ends it. */
  async leave(): Promise<void> {
    const { session } = this;
    if (session === null) return;
    try {
      await session.leave();
    } catch {
      session.destroy();
    }
    this.left = "left";
    this.#emit("qsec-left", { room: session.room });
  }

  /** A session that was given may fail for good too: then it closes in the same task. One's own says so itself. */
  #onProblem(session: QsecSession, error: Error): void {
    this.#emit("qsec-error", { error, fatal: false });
    queueMicrotask(() => {
      const failed = session.state === "closed" && this.session === session && session !== this.#own;
      if (failed && this.left === null && this.removedBy === null) this.#fail(error);
    });
  }

  #fail(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    this.failure = failure;
    this.#emit("qsec-error", { error: failure, fatal: true });
  }

  #emit(type: keyof QsecRoomEventMap, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { words, home } = this;
    if (this.problem !== null) return noticeTemplate(words.room.setupTitle, words.setup[this.problem], { words, home });
    if (this.failure !== null) {
      // A session that was given is the embedder's to make anew.
      const isOwn = this.session === null || this.session === this.#own;
      const again = isOwn && canTryAgain(this.failure);
      const action = again ? { label: words.room.tryAgain, run: this.#restart } : undefined;
      return noticeTemplate(words.room.failedTitle, failureText(this.failure, words), { words, home, action });
    }
    if (this.removedBy !== null)
      return noticeTemplate(words.room.removedTitle, words.room.removedText(this.removedBy), { words, home });
    if (this.left !== null) {
      const action = { label: words.room.rejoin, run: this.#restart };
      const { leftTitle, leftText, forgottenTitle, forgottenText } = words.room;
      return this.left === "left"
        ? noticeTemplate(leftTitle, leftText, { words, home, action })
        : noticeTemplate(forgottenTitle, forgottenText, { words, home, action });
    }
    return roomTemplate({
      session: this.session,
      words,
      page: this.#invitePage,
      discreet: this.discreet,
      announce: this.announce,
      lab: this.lab,
      labPage: this.labPage,
      drawers: this.#drawers,
      onLeave: this.#askToLeave,
      onForget: this.session?.remembers === true || this.history ? this.#askToForget : null,
      onCompare: (peer) => this.verifyDialog?.compare(peer),
    });
  }
}

/** What fails in a farewell is of no use to anyone any more; the keys are wiped either way. */
function farewell(session: QsecSession): void {
  session.leave().catch(() => session.destroy());
}
