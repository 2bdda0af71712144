import { Worker } from "node:worker_threads";
import { QsecError, type RoomLogEntry } from "@qsec2/sdk/wire";
import {
  AUDIT_CLOSE_TIMEOUT,
  AUDIT_FLUSH_INTERVAL,
  AUDIT_QUEUE_MAX,
  AUDIT_READS_MAX,
  AUDIT_ROWS_SENT,
} from "../limits.js";
import type { AuditLog, AuditStats } from "./audit-log.js";
import { Bell } from "./bell.js";
import { RELAY_ITSELF, type AuditRow } from "./rows.js";
import { formatLine } from "./tags.js";
import type { FromThread, Question, ThreadData, ToThread } from "./thread-messages.js";

export interface AuditReports {
  /** Told once when reading or writing begins to fail, and again after it had worked in between. */
  readonly onFailure: (error: Error) => void;
  /** Told when writing works again. */
  readonly onRecovery?: (stats: AuditStats) => void;
}

export interface ThreadedOptions extends AuditReports {
  /** How many rows may wait on both threads together. */
  readonly queueMax?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

type WithoutNumber<Q> = Q extends Question ? Omit<Q, "ask"> : never;
type Answered = (entries: readonly RoomLogEntry[]) => void;

/**
 * The audit log whose disk is on a thread of its own. Here a row is only put into a queue, which goes over every 100 ms or when it is long.
 * So many may wait, here and there; what comes while the queue is full is dropped and counted, and one line says how many.
 */
export class ThreadedAudit implements AuditLog {
  readonly #thread: Worker;
  readonly #bell: Bell;
  readonly #options: ThreadedOptions;
  readonly #questions = new Map<number, Answered>();
  /** Rows as JSON, not yet sent to the thread. */
  #queue: string[] = [];
  /** Rows that the thread has and the file has not. */
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #written = 0;
  #dropped = 0;
  /** Rows dropped since the queue is full; a line is due about them. */
  #gap = 0;
  #failures = 0;
  #failing = false;
  #gone = false;
  #closing: Promise<void> | undefined;

  private constructor(thread: Worker, bell: Bell, options: ThreadedOptions) {
    this.#thread = thread;
    this.#bell = bell;
    this.#options = options;
    thread.on("message", (message: FromThread) => this.#heard(message));
    thread.on("error", (error) => this.#lost(error));
    thread.on("exit", () => this.#lost(new Error("the thread that writes it has ended")));
    thread.unref();
  }

  /** @throws QsecError `bad_option` when the file cannot be used */
  static async open(file: string, options: ThreadedOptions): Promise<ThreadedAudit> {
    const bell = Bell.buffer();
    const workerData: ThreadData = { file, bell };
    const thread = new Worker(new URL(import.meta.resolve("#audit-thread")), { workerData });
    const first = await new Promise<FromThread>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
    if (first.event === "refused") {
      await thread.terminate(); // it has nothing to do, but would keep the process
      throw new QsecError("bad_option", first.message);
    }
    return new ThreadedAudit(thread, new Bell(bell), options);
  }

  roomOpened(room: string, expected: number): void {
    this.#put(["opened", room, expected, this.#now()]);
  }

  roomClosed(room: string): void {
    this.#put(["closed", room, this.#now()]);
  }

  userJoined(room: string, username: string): void {
    this.#put(["joined", room, username]);
  }

  userLeft(room: string, username: string): void {
    this.#put(["left", room, username]);
  }

  keyCommitted(room: string, commitment: Uint8Array): void {
    this.#put(["key", room, Buffer.from(commitment).toString("hex")]);
  }

  line(room: string, message: string): void {
    this.#put(["line", room, message, this.#now()]);
  }

  async after(room: string, since: number, limit: number): Promise<readonly RoomLogEntry[]> {
    return this.#read({ what: "after", room, since, limit });
  }

  async latest(room: string, limit: number): Promise<readonly RoomLogEntry[]> {
    return this.#read({ what: "latest", room, limit });
  }

  async flush(): Promise<void> {
    this.#send();
    await this.#ask({ what: "flush" });
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  get stats(): AuditStats {
    return { written: this.#written, waiting: this.#waiting, dropped: this.#dropped, failures: this.#failures };
  }

  get #waiting(): number {
    return this.#queue.length + this.#sent;
  }

  #put(row: AuditRow): void {
    if (this.#closing) return;
    const max = this.#options.queueMax ?? AUDIT_QUEUE_MAX;
    // A queue that was full takes rows again when it is half empty: one line about a gap, not one for each row of it.
    if (this.#gone || this.#waiting >= (this.#gap > 0 ? max / 2 : max)) {
      this.#gap++;
      this.#dropped++;
      return;
    }
    this.#tellGap();
    this.#queue.push(JSON.stringify(row));
    // Little by little: one large text for the thread would hold the messages up as a whole.
    if (this.#queue.length >= AUDIT_ROWS_SENT) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), AUDIT_FLUSH_INTERVAL).unref();
  }

  #tellGap(): void {
    if (this.#gap === 0) return;
    const message = formatLine("AUDIT_DROPPED", { rows: this.#gap });
    this.#gap = 0;
    const row: AuditRow = ["line", RELAY_ITSELF, message, this.#now()];
    this.#queue.push(JSON.stringify(row));
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gone || this.#queue.length === 0) return;
    this.#post({ rows: `[${this.#queue.join(",")}]` });
    this.#bell.ringIfIdle();
    this.#sent += this.#queue.length;
    this.#queue = [];
  }

  async #read(question: WithoutNumber<Question>): Promise<readonly RoomLogEntry[]> {
    if (this.#closing) return [];
    if (this.#questions.size >= AUDIT_READS_MAX) {
      throw new QsecError("rate_limited", "Too many are reading the log; ask again in a moment.");
    }
    this.#send();
    return this.#ask(question);
  }

  async #ask(question: WithoutNumber<Question>): Promise<readonly RoomLogEntry[]> {
    if (this.#gone) return [];
    const ask = ++this.#asked;
    this.#thread.ref(); // whoever waits for an answer is to get it
    return new Promise((resolve) => {
      this.#questions.set(ask, resolve);
      this.#post({ ...question, ask });
      this.#bell.ring();
    });
  }

  #post(message: ToThread): void {
    this.#thread.postMessage(message);
  }

  #heard(message: FromThread): void {
    if (message.event === "answer") return this.#answered(message.ask, message.entries);
    if (message.event === "failed") return this.#failed(new Error(message.message));
    if (message.event !== "written") return;
    this.#sent -= message.rows;
    this.#written += message.rows;
    if (!this.#closing && this.#gap > 0 && this.#waiting === 0) {
      this.#tellGap();
      this.#send();
    }
    if (!this.#failing) return;
    this.#failing = false;
    this.#options.onRecovery?.(this.stats);
  }

  #answered(ask: number, entries: readonly RoomLogEntry[]): void {
    this.#questions.get(ask)?.(entries);
    this.#questions.delete(ask);
    if (this.#questions.size === 0) this.#thread.unref();
  }

  #failed(error: Error): void {
    this.#failures++;
    if (!this.#failing) this.#options.onFailure(error);
    this.#failing = true;
  }

  /** Without its thread the log takes nothing any more; the chat goes on. */
  #lost(error: unknown): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#dropped += this.#waiting;
    [this.#queue, this.#sent] = [[], 0];
    if (!this.#closing) this.#failed(error as Error);
    for (const ask of [...this.#questions.keys()]) this.#answered(ask, []);
  }

  async #close(): Promise<void> {
    this.#tellGap();
    this.#send();
    const overdue = setTimeout(() => void this.#thread.terminate(), AUDIT_CLOSE_TIMEOUT);
    const before = this.#dropped;
    await this.#ask({ what: "close" });
    clearTimeout(overdue);
    this.#dropped += this.#waiting;
    this.#sent = 0;
    await this.#thread.terminate();
    const lost = this.#dropped - before;
    if (lost > 0) this.#options.onFailure(new Error(`its last ${lost} rows are lost: the disk has not taken them`));
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}
