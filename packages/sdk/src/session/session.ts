import { requireSecureContext, secureRandom } from "../crypto/random.js";
import { identityOf } from "../crypto/signature.js";
import { SessionArchive } from "../history/archive.js";
import { createInvite } from "../handshake/invite.js";
import type { RoomIdentity } from "../identity/room-identity.js";
import { Access } from "../room/access.js";
import type { Decisions } from "../room/decisions.js";
import type { RoomEvent, StepResult } from "../room/effects.js";
import type { EpochView, KnockDetail, MemberView, VerifyDetail } from "../room/events.js";
import type { Recognition } from "../room/recognition.js";
import { Room } from "../room/room.js";
import type { Incoming, Transport } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { Admission } from "../wire/kinds.js";
import { Conversation } from "./conversation.js";
import { Directs } from "./direct.js";
import type { HistoryDetail, SessionState } from "./events.js";
import { openSession } from "./open-session.js";
import type { OpenSessionOptions, QsecSessionOptions } from "./options.js";
import { sayFarewell } from "./farewell.js";
import { FileTransfers } from "./file-transfers.js";
import { SessionHistory } from "./history.js";
import type { PlaintextHost } from "./plaintext.js";
import { asQsecError, destroyed, refused } from "./problems.js";
import { RelayPlace } from "./relay-place.js";
import { RememberingSession } from "./remembering-session.js";
import { RoomRunner } from "./room-runner.js";
import { checkOptions, type Settings } from "./settings.js";
import type { WaitOptions } from "./speaking-session.js";
import { sessionState, type Link } from "./state.js";
import { abortable, deferred } from "./waiting.js";

/**
 * One person in one room: joins over a relay, runs BB84 handshakes with the others, holds the room key and seals and
 * opens messages. The relay sees sealed bytes only.
 *
 * @example
 * ```ts
 * const session = new QsecSession({ relay: "https://relay.example", room: "standup", username: "alice", secret });
 * session.addEventListener("message", (e) => console.log(e.detail.fromName, e.detail.text));
 * await session.connect();
 * await session.secured();
 * await session.send("hello");
 * ```
 */
export class QsecSession extends RememberingSession {
  /** This member's id in this room: the base64url text of its Ed25519 public key. */
  readonly id: MemberId;
  /** Room ID, as it was given. */
  readonly room: string;
  /** This member's own name. */
  readonly username: string;
  /** How peers are admitted. */
  readonly admission: Admission;
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #room: Room;
  readonly #runner: RoomRunner;
  readonly #place: RelayPlace;
  /** @ignore */ protected override readonly conversation: Conversation;
  /** @ignore */ protected override readonly files: FileTransfers;
  /** @ignore */ protected override readonly directs: Directs;
  /** @ignore */ protected override readonly plaintext: PlaintextHost;
  /** @ignore */ protected override readonly history: SessionHistory;
  /** @ignore */ protected override readonly identity: RoomIdentity | null;
  readonly #connected = deferred<void>();
  #secured = deferred<void>();
  #expected: number;
  #state: SessionState = "idle";
  #link: Link = "new";

  /**
   * Checks the options; nothing is sent before {@link connect}.
   * @throws QsecError `bad_option`, `bad_room`, `bad_username`, `bad_expected`, `bad_secret`
   */
  constructor(options: QsecSessionOptions) {
    super();
    const settings = (this.#settings = checkOptions(options));
    const { room, username, admission, expected, secret, metadata, allowPlaintext } = settings;
    this.identity = settings.identity;
    const remembered = this.identity?.claim();
    const seed = remembered?.seed ?? secureRandom(32);
    const self = { seed, id: identityOf(seed), name: username };
    const access = new Access(admission, room, secret);
    this.id = toBase64url(self.id);
    this.room = room;
    this.username = username;
    this.admission = admission;
    this.#expected = expected;
    this.#transport = settings.transport;
    const { rid } = access.context;
    const place = { room, username, id: self.id, rid, metadata, expected, allowPlaintext };
    this.#place = new RelayPlace(this.#transport, place);
    const { on, share, store } = settings.history;
    const problem = (error: unknown) => this.#problem(error);
    const archive = new SessionArchive({ store, room, problem }, rid);
    this.#room = new Room({
      access,
      approve: settings.approve,
      allowPlaintext,
      self,
      exchange: settings.exchange,
      capacity: expected,
      audit: settings.audit === "relay",
      history: { on, share, archive },
      random: secureRandom,
      pins: remembered?.pins ?? null,
    });
    this.#runner = new RoomRunner(this.#room, this.#transport, {
      event: (event) => this.#emitRoomEvent(event),
      problem,
      stepped: async () => {
        this.#updateState();
        this.remember(problem);
        this.history.catchUp();
        await this.conversation.flush();
      },
    });
    this.files = new FileTransfers({
      rid: () => this.#room.rid,
      blob: (request) => this.#transport.blob(request),
    });
    this.directs = new Directs(this.#room, this.#runner);
    this.plaintext = {
      allowed: allowPlaintext,
      transport: this.#transport,
      self: { id: this.id, name: this.#place.username },
      said: (detail) => this.emit("plaintext", detail),
    };
    const parts = { room: this.#room, runner: this.#runner, transport: this.#transport, problem };
    const fetched = (detail: HistoryDetail) => this.emit("history", detail);
    this.history = new SessionHistory({ ...parts, archive, fetched });
    this.conversation = new Conversation({
      ...parts,
      self: { id: this.id, name: username },
      message: (message) => this.emit("message", message),
      event: (detail) => this.emit("chat", detail),
      numbered: (seq) => this.history.numbered(seq),
      notKept: (refusal) => this.#tell(refused(refusal)),
    });
  }

  /**
   * The same as the constructor, after reading what this device remembers of the room if `remember` is set.
   * @throws QsecError what the constructor throws, and `identity_in_use`, `weaker_admission`, `store_failed`, `insecure_context`
   */
  static async open(options: OpenSessionOptions): Promise<QsecSession> {
    return openSession(options, (checked) => new QsecSession(checked));
  }

  override get state(): SessionState {
    return this.#state;
  }

  /** How many people the room is for: the creator's word once connected. */
  get expected(): number {
    return this.#expected;
  }

  /** This member first, then the signed roster, then those who wait to be let in. */
  get members(): readonly MemberView[] {
    return this.#room.members;
  }

  /** The active epoch, or null before the first. */
  get epoch(): EpochView | null {
    return this.#room.epoch;
  }

  /** `verify`: peers whose emoji wait for this person. */
  get pendingVerifications(): readonly VerifyDetail[] {
    return this.#room.pendingVerifications;
  }

  /** `approve`: who waits for this person to let them in. */
  get pendingKnocks(): readonly KnockDetail[] {
    return this.#room.knocking;
  }

  /**
   * Opens the link and joins the room. After that a link that drops is rebuilt by itself.
   * @throws QsecError `connection_failed`, `insecure_context`, `aborted`, or the relay's refusal: `room_full`, `name_taken`, …
   */
  async connect({ signal }: WaitOptions = {}): Promise<void> {
    if (this.#link === "closed") throw destroyed();
    if (this.#link === "new") {
      requireSecureContext();
      this.#link = "opening";
      this.#updateState();
      this.#transport.open({
        receive: (message) => this.#receive(message),
        up: () => void this.#join().catch((error: unknown) => this.#fail(error)),
        down: () => this.#down(),
        problem: (error) => this.#problem(error),
      });
    }
    try {
      await abortable(this.#connected.promise, signal);
    } catch (error) {
      if (error instanceof QsecError && error.code === "aborted") this.destroy();
      throw error;
    }
  }

  /** Resolves when a room key is shared with at least one other member. @throws QsecError `aborted`, `destroyed` */
  async secured({ signal }: WaitOptions = {}): Promise<void> {
    return abortable(this.#secured.promise, signal);
  }

  /** @ignore */
  protected override get recognition(): Recognition {
    return this.#room.recognition;
  }

  /** @ignore */
  protected override inRoom<T>(task: (room: Room, now: number) => Promise<T>): Promise<T> {
    return this.#runner.run(() => task(this.#room, Date.now()));
  }

  /** @ignore */
  protected override decide(step: (decisions: Decisions, now: number) => Promise<StepResult>): Promise<void> {
    return this.#runner.advance((now) => step(this.#room.decisions, now));
  }

  /** Asks the relay for its log of this room; the answer comes as `relay:log`. @throws QsecError `link_lost`, or the relay's refusal */
  async fetchLogs(since = 0): Promise<void> {
    const reply = await this.#transport.send({ event: "fetch_room_logs", header: { since } });
    if (!reply.ok) throw refused(reply);
  }

  /**
   * The link that lets another person in. In `link` mode it carries the room secret in its fragment.
   * @param page address of the page that serves `/room/<id>`
   * @throws QsecError `destroyed`: a closed session has no secret any more
   */
  inviteLink(page: string): string {
    if (this.#link === "closed") throw destroyed();
    const secret = this.#room.secret === null ? {} : { secret: toBase64url(this.#room.secret) };
    return createInvite(page, { room: this.room, expected: this.#expected, admission: this.admission, ...secret });
  }

  /** Says goodbye to the room, then does what {@link destroy} does. May be called more than once. */
  override async leave(): Promise<void> {
    if (this.#link === "joined") await sayFarewell(this.#room, this.#runner, this.#transport, (e) => this.#problem(e));
    this.destroy();
  }

  /** Closes the link at once and zeroes every key that the session owns. May be called more than once. */
  destroy(): void {
    if (this.#link === "closed") return;
    if (this.#link === "joined") this.#transport.send({ event: "leave", header: {} }).catch(() => undefined); // nobody is left to tell
    this.#link = "closed";
    this.#runner.stop();
    this.#transport.close();
    this.#room.wipe();
    this.identity?.close();
    this.conversation.end();
    this.directs.end();
    this.files.end();
    this.history.end();
    this.#connected.reject(destroyed());
    this.#secured.reject(destroyed());
    this.#updateState();
  }

  async #join(): Promise<void> {
    await this.history.load();
    const welcome = await this.#place.join();
    if (this.state === "closed") return;
    this.#link = "joined";
    this.#expected = welcome.expected;
    this.conversation.linkUp();
    this.files.linkUp();
    this.history.linkUp(welcome.recovered);
    await this.#runner.advance((now) => this.#room.joined(welcome, welcome.resumed, now));
    this.#connected.resolve();
  }

  /** The room has a new secret; in `minimal` it goes on at another handle. */
  #moved(): void {
    const isMinimal = this.#settings.metadata === "minimal";
    if (isMinimal) this.#down();
    this.history.moved(this.#room.rid, isMinimal);
    if (!isMinimal) return;
    this.#place.move(this.#room.rid);
    void this.#join().catch((error: unknown) => this.#fail(error));
  }

  #down(): void {
    if (this.#link !== "joined") return;
    this.#link = "down";
    this.conversation.linkDown();
    this.history.linkDown();
    this.#room.linkDown();
    this.#updateState();
  }

  /** What no call waits for: before the link was ever up it ends the session, afterwards it is told. */
  #problem(error: unknown): void {
    if (this.#link === "opening" && error instanceof QsecError && error.code === "connection_failed") this.#fail(error);
    else this.#tell(error);
  }

  /** The session cannot go on. */
  #fail(error: unknown): void {
    if (this.#link === "closed") return;
    if (error instanceof QsecError && error.code === "link_lost") return; // the link dropped while joining; the next `up` joins again
    this.#tell(error);
    this.#connected.reject(error);
    this.#secured.reject(error);
    this.destroy();
  }

  #tell(error: unknown): void {
    this.emit("error", { error: asQsecError(error) });
  }

  #receive(message: Incoming): void {
    if (message.event === "room_logs") this.emit("relay:log", { entries: message.logs.entries });
    else if (message.event === "relay_error") this.#tell(refused(message.refusal));
    else {
      if (message.event === "group_message") this.history.numbered(message.header.seq);
      this.#runner.push((now) => this.#room.receive(message, now));
    }
  }

  #emitRoomEvent(event: RoomEvent): void {
    if (event.name === "message") return this.conversation.show(event.detail);
    if (event.name === "direct:done") this.directs.done(event.detail);
    if (event.name === "rotated") this.#moved();
    this.emit(event.name, event.detail);
    if (event.name === "removed") this.destroy();
  }

  #updateState(): void {
    const previous = this.#state;
    const state = sessionState(this.#link, this.#room);
    if (state === previous) return;
    this.#state = state;
    if (state === "secured") this.#secured.resolve();
    else if (previous === "secured" && state !== "closed") this.#secured = deferred();
    this.emit("state", { state, previous });
  }
}
