import type { DirectDetail, DirectDoneDetail } from "../room/events.js";
import { DIRECT_TYPE } from "../room/records.js";
import type { Room } from "../room/room.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { destroyed } from "./problems.js";
import type { RoomRunner } from "./room-runner.js";
import { abortable, deferred, type Deferred } from "./waiting.js";

const SENTENCES = {
  timeout: "The other side has not confirmed the message in time: nobody knows whether it arrived.",
  unknown_peer: "The other side is not a member of the room any more.",
} as const;

/** Who waits for private messages to arrive. */
export class Directs {
  readonly #room: Room;
  readonly #runner: RoomRunner;
  readonly #waiting = new Map<string, Deferred<void>>();

  constructor(room: Room, runner: RoomRunner) {
    this.#room = room;
    this.#runner = runner;
  }

  /**
   * Resolves when the other's device has opened the message.
   * @throws QsecError `not_secured`, `unknown_peer`, `peer_offline`, `message_too_large`, `rate_limited`, `timeout`,
   * `aborted`, `destroyed`
   */
  async send(to: MemberId, content: string | Uint8Array, signal?: AbortSignal): Promise<DirectDetail> {
    await abortable(Promise.resolve(), signal);
    const isText = typeof content === "string";
    const [type, body] = isText ? [DIRECT_TYPE.text, utf8(content)] : [DIRECT_TYPE.application, content.slice()];
    const arrived = deferred<void>();
    let sentAt = 0;
    await this.#runner.advance(async (now) => {
      const taken = await this.#room.directs.send(to, type, body, now);
      sentAt = taken.sentAt;
      this.#waiting.set(`${to} ${sentAt}`, arrived);
      return taken.step;
    });
    await abortable(arrived.promise, signal);
    const name = this.#room.members.find(({ id }) => id === to)?.name ?? "";
    return { peer: { id: to, name }, own: true, ...(isText ? { text: content } : { data: body }), sentAt };
  }

  /** A message has arrived, or will not. */
  done({ peer, sentAt, code }: DirectDoneDetail): void {
    const key = `${peer.id} ${sentAt}`;
    const arrived = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (code === null) arrived?.resolve();
    else arrived?.reject(new QsecError(code, SENTENCES[code]));
  }

  end(): void {
    for (const arrived of this.#waiting.values()) arrived.reject(destroyed());
    this.#waiting.clear();
  }
}
