import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { CONTENT_TYPE } from "../room/group-message.js";
import { code } from "../testing/sessions.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError, type RelayErrorCode } from "../wire/errors.js";
import type { Accepted, Refusal } from "../wire/events.js";
import { Outbox, type Said } from "./outbox.js";

type Answer = RelayErrorCode | "ok" | "link_lost" | "none";

/** An outbox whose relay answers as told, and is content when nothing is left to tell. */
class Desk {
  readonly answers: Answer[] = [];
  /** Every frame that came to the relay: the number of its message. */
  readonly sent: number[] = [];
  readonly shown: number[] = [];
  readonly taken: (number | null)[] = [];
  readonly outbox: Outbox;
  sealed = 0;
  isReady = true;
  isHeld = true;
  #queue = Promise.resolve();

  constructor() {
    this.outbox = new Outbox({
      isReady: () => this.isReady,
      holds: () => this.isHeld,
      seal: () => {
        const seq = this.sealed++;
        return Promise.resolve({ frame: Uint8Array.of(seq), epoch: 1, hash: new Uint8Array(32), seq, kept: null });
      },
      send: (said) => this.#send(said),
      isNew: () => true,
      next: (said) => {
        this.taken.push(said?.seq ?? null);
        this.#flush();
      },
    });
    this.outbox.linkUp();
  }

  say(text: string, signal?: AbortSignal): Promise<Said> {
    const show = (said: Said) => void this.shown.push(said.seq);
    const done = this.outbox.add({ type: CONTENT_TYPE.text, body: utf8(text), show }, signal);
    this.#flush();
    return done;
  }

  async wait(milliseconds: number): Promise<void> {
    await turn();
    mock.timers.tick(milliseconds);
    await turn();
  }

  /** One after the other, as the steps of a room are. */
  #flush(): void {
    this.#queue = this.#queue.then(() => this.outbox.flush());
  }

  #send({ frame, seq }: Said): Promise<Accepted | Refusal> {
    assert.deepEqual(frame, Uint8Array.of(seq));
    this.sent.push(seq);
    const answer = this.answers.shift() ?? "ok";
    if (answer === "none") return new Promise(() => {});
    if (answer === "link_lost") return Promise.reject(new QsecError("link_lost", "No answer came."));
    return Promise.resolve(answer === "ok" ? { ok: true } : { ok: false, code: answer, message: "Not now." });
  }
}

const turn = () => new Promise((done) => setImmediate(done));

describe("the outbox", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("sends again what the relay refuses for now, as the same bytes, and nothing else before it", async () => {
    const desk = new Desk();
    desk.answers.push("rate_limited", "rate_limited", "draining", "not_joined", "link_lost");
    const said = Promise.all([desk.say("one"), desk.say("two"), desk.say("three")]);
    for (const pause of [250, 250, 2_000, 2_000, 2_000]) await desk.wait(pause);
    assert.deepEqual(desk.sent, [0, 0, 0, 0, 0, 0, 1, 2]);
    assert.deepEqual(
      (await said).map(({ seq }) => seq),
      [0, 1, 2],
    );
    assert.deepEqual(
      [desk.shown, desk.taken],
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
    );
  });

  it("seals a message when the one before it was taken", async () => {
    const desk = new Desk();
    desk.answers.push("rate_limited");
    const said = [desk.say("one"), desk.say("two")];
    await desk.wait(0);
    assert.deepEqual([desk.sealed, desk.outbox.isWaiting], [1, true]);
    await desk.wait(250);
    await Promise.all(said);
    assert.deepEqual([desk.sealed, desk.outbox.isWaiting], [2, false]);
  });

  it("fails a message that the relay refuses for good, does not show it, and goes on with the next", async () => {
    const desk = new Desk();
    desk.answers.push("frame_too_large");
    const [one, two] = [desk.say("one"), desk.say("two")];
    await assert.rejects(one, code("frame_too_large"));
    assert.equal((await two).seq, 1);
    await desk.wait(60_000);
    assert.deepEqual([desk.sent, desk.shown, desk.taken], [[0, 1], [1], [null, 1]]);
  });

  it("fails a message that the relay refuses until nobody can read it any more, with that refusal", async () => {
    const desk = new Desk();
    desk.answers.push("rate_limited", "rate_limited");
    const [one, two] = [desk.say("one"), desk.say("two")];
    await desk.wait(250);
    desk.isHeld = false;
    await desk.wait(250);
    await assert.rejects(one, code("rate_limited"));
    assert.equal((await two).seq, 1);
    assert.deepEqual(desk.sent, [0, 0, 1]);
  });

  it("does not wait out its pause when the link comes back, and takes an answer of the earlier link for none", async () => {
    const desk = new Desk();
    desk.answers.push("draining", "none");
    const said = desk.say("one");
    await desk.wait(0);
    desk.outbox.linkDown();
    await desk.wait(10_000);
    assert.deepEqual(desk.sent, [0], "nothing leaves without a link");
    desk.outbox.linkUp();
    desk.outbox.linkDown();
    desk.outbox.linkUp();
    assert.equal((await said).seq, 0);
    assert.deepEqual([desk.sent, desk.shown], [[0, 0, 0], [0]]);
  });

  it("fails what went out before a link that was down for too long, as nobody knows whether it arrived", async () => {
    const desk = new Desk();
    desk.answers.push("none");
    const said = desk.say("one");
    await desk.wait(0);
    desk.outbox.linkDown();
    desk.isHeld = false;
    desk.outbox.linkUp();
    await assert.rejects(said, code("link_lost"));
  });

  it("takes back what was not sealed when its signal fires, also while nothing can go", async () => {
    const desk = new Desk();
    desk.isReady = false;
    const stop = new AbortController();
    const said = desk.say("one", stop.signal);
    stop.abort();
    await desk.outbox.flush();
    await assert.rejects(said, code("aborted"));
    assert.equal(desk.sealed, 0);
  });

  it("rejects everything when it is given up, also what is about to be tried again", async () => {
    const desk = new Desk();
    desk.answers.push("rate_limited");
    const said = [desk.say("one"), desk.say("two")];
    await desk.wait(0);
    desk.outbox.giveUp(new QsecError("destroyed", "Over."));
    for (const one of said) await assert.rejects(one, code("destroyed"));
    await desk.wait(60_000);
    assert.deepEqual(desk.sent, [0]);
  });
});
