import { FIRST_NUMBER, type Dialect } from "./dialect.js";
import type { LoadSocket } from "./load-socket.js";

export interface Load {
  readonly seconds: number;
  /** Messages of one member in a second, at most. */
  readonly perSecond: number;
  /** Messages of one member that have not come to all others yet, at most. */
  readonly underWay: number;
}

/** What was heard of a load. */
export interface Heard {
  readonly deliveries: number;
  /** From the first message to the last delivery. */
  readonly seconds: number;
  /** Milliseconds from the departure of a message to each of its deliveries, in ascending order. */
  readonly latencies: Float64Array;
}

interface Member {
  readonly socket: LoadSocket;
  /** Part of a pause by which it begins later than the first, so that they do not all speak at once. */
  readonly phase: number;
  sent: number;
  underWay: number;
}

interface Message {
  readonly from: Member;
  readonly at: number;
  missing: number;
}

/** Milliseconds between two looks at who may speak. */
const TICK = 2;
/** How long after its end a load waits for what is under way, milliseconds. */
const PATIENCE = 20_000;
/** Links that are opened at once. */
const OPENING = 50;

/** The members of some rooms, who talk to each other through a server. */
export class Crowd {
  readonly #dialect: Dialect;
  readonly #others: number;
  readonly #members: Member[] = [];
  readonly #messages = new Map<number, Message>();
  #number = FIRST_NUMBER;
  #latencies: number[] = [];
  #mayTalk: (member: Member, now: number) => void = () => {};
  #failed: (error: unknown) => void = () => {};

  private constructor(dialect: Dialect, members: number) {
    this.#dialect = dialect;
    this.#others = members - 1;
  }

  static async enter(dialect: Dialect, rooms: number, members: number): Promise<Crowd> {
    const crowd = new Crowd(dialect, members);
    const lanes = Array.from({ length: Math.min(OPENING, rooms) }, async (_, lane) => {
      for (let room = lane; room < rooms; room += OPENING) {
        for (let i = 0; i < members; i++) {
          crowd.#add(await dialect.enter(`bench-${room}`, members), (room * members + i) / (rooms * members));
        }
      }
    });
    await Promise.all(lanes);
    return crowd;
  }

  #add(socket: LoadSocket, phase: number): void {
    this.#members.push({ socket, phase, sent: 0, underWay: 0 });
    const before = socket.onMessage;
    socket.onMessage = (payload, binary) => {
      try {
        const number = this.#dialect.delivered(payload, binary);
        if (number === undefined) before(payload, binary);
        else this.#delivered(number);
      } catch (error) {
        this.#failed(error);
      }
    };
    socket.onEnd = () => this.#failed(new Error("The server closed a link."));
  }

  /** Every member says as much as the load lets it. @throws when a message is refused or not delivered, or a link ends */
  async talk({ seconds, perSecond, underWay }: Load): Promise<Heard> {
    this.#latencies = [];
    for (const member of this.#members) member.sent = 0;
    const start = performance.now();
    const end = start + seconds * 1000;
    this.#mayTalk = (member, now) => {
      const due = ((now - start) / 1000) * perSecond - member.phase;
      while (now < end && member.underWay < underWay && member.sent <= due) this.#say(member, now);
    };
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#failed = reject;
        timer = setInterval(() => {
          const now = performance.now();
          for (const member of this.#members) this.#mayTalk(member, now);
          if (now >= end && this.#messages.size === 0) resolve();
          if (now >= end + PATIENCE) reject(new Error(`${this.#messages.size} messages did not come to everybody.`));
        }, TICK);
      });
    } finally {
      clearInterval(timer);
    }
    const latencies = Float64Array.from(this.#latencies).sort();
    return { deliveries: latencies.length, seconds: (performance.now() - start) / 1000, latencies };
  }

  close(): void {
    this.#failed = () => {};
    for (const { socket } of this.#members) socket.close();
  }

  #say(member: Member, now: number): void {
    const number = this.#number++;
    this.#messages.set(number, { from: member, at: now, missing: this.#others });
    member.sent++;
    member.underWay++;
    member.socket.send(this.#dialect.message(number));
  }

  #delivered(number: number): void {
    const message = this.#messages.get(number);
    if (!message) throw new Error("A message came more often than it should.");
    const now = performance.now();
    this.#latencies.push(now - message.at);
    if (--message.missing > 0) return;
    this.#messages.delete(number);
    message.from.underWay--;
    this.#mayTalk(message.from, now);
  }
}

/** The value below which this part of the sorted values is, 0 to 1. */
export function quantile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
