import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { inEpochOf } from "./members.js";

/**
 * Between two messages of one, milliseconds: so many that a sender comes to have as many unconfirmed ones as it may, and
 * fewer a second than the relay refuses.
 */
const PAUSE = 15;

interface Speaker {
  readonly session: QsecSession;
  /** What the relay has acknowledged, in the order in which it was said. */
  readonly acknowledged: string[];
  /** What the other one has said, as it was read. */
  readonly read: string[];
}

/** Two people who talk without a pause, so that whatever is done to their relay is done in the middle of a conversation. */
export class Conversation {
  readonly sessions: readonly QsecSession[];
  readonly #speakers: readonly Speaker[];
  #talking = true;
  #talks: Promise<unknown> = Promise.resolve();

  private constructor(speakers: readonly Speaker[]) {
    this.#speakers = speakers;
    this.sessions = speakers.map(({ session }) => session);
  }

  /** @param urls the address of each one's relay. The conversation ends with the test. */
  static async between(test: TestContext, ...urls: readonly [string, string]): Promise<Conversation> {
    const secret = createRoomSecret();
    const speakers = urls.map((relay, i): Speaker => {
      const session = new QsecSession({
        relay,
        room: "fault",
        username: ["alice", "bob"][i],
        secret,
        profile: "classic",
      });
      const read: string[] = [];
      session.addEventListener("message", ({ detail }) => void (detail.own || read.push(detail.text)));
      test.after(() => session.destroy());
      return { session, acknowledged: [], read };
    });
    for (const { session } of speakers) await session.connect();
    await Promise.all(speakers.map(async ({ session }) => inEpochOf(session, 2)));
    const conversation = new Conversation(speakers);
    conversation.#talks = Promise.all(speakers.map((speaker) => conversation.#talk(speaker)));
    conversation.#talks.catch(() => {}); // `finished` tells
    return conversation;
  }

  /** Resolves when each has read so many more messages of the other. */
  async goesOn(messages = 10): Promise<void> {
    await Promise.all(this.#speakers.map(({ read }) => has(read, read.length + messages)));
  }

  /** How many messages the relay has acknowledged. */
  get acknowledged(): number {
    return this.#speakers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  }

  /** Ends it, and asserts that each has read each acknowledged message of the other once, in the order in which they were said. */
  async finished(): Promise<void> {
    this.#talking = false;
    await this.#talks;
    const [alice, bob] = this.#speakers;
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ]) {
      await has(to.read, from.acknowledged.length);
      assert.deepEqual(to.read, from.acknowledged);
    }
  }

  async #talk({ session, acknowledged }: Speaker): Promise<void> {
    for (let i = 0; this.#talking; i++) {
      await session.send(`${session.username} ${i}`);
      acknowledged.push(`${session.username} ${i}`);
      await pause(PAUSE);
    }
  }
}

async function has(read: readonly string[], count: number): Promise<void> {
  while (read.length < count) await pause(PAUSE);
}
