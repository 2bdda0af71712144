import assert from "node:assert/strict";
import { KIND, type UserList } from "@qsec2/sdk/wire";
import type { Fixture } from "./fixture.js";
import { fakeFrame } from "./frames.js";

const MESSAGE = fakeFrame(KIND.GROUP, 288);

export interface Bystanders {
  /** Both say something, both hear it, and neither has heard anything else or lost the link since the last time. */
  readonly undisturbed: () => Promise<void>;
}

/** A room of two innocents who go on talking while others misbehave. */
export async function bystanders({ member }: Fixture): Promise<Bystanders> {
  const ann = await member("ann", "quiet");
  const ben = await member("ben", "quiet");
  await ann.caughtUp();
  await ben.caughtUp();
  await ann.next<UserList>("user_list", ({ members }) => members.length === 2);
  const pair = [
    [ann, ben],
    [ben, ann],
  ] as const;
  const lost: string[] = [];
  for (const { socket, username } of [ann, ben])
    socket.on("disconnect", (reason) => lost.push(`${username}: ${reason}`));
  let before = [ann.heard.length, ben.heard.length];
  let seq = 0;
  const talk = async (): Promise<void> => {
    for (const [speaker, listener] of pair) {
      assert.deepEqual(await speaker.ask("group_message", {}, MESSAGE), { ok: true, seq: ++seq });
      assert.deepEqual(await listener.next("group_message"), { from: speaker.id, seq });
    }
    const now = [ann.heard.length, ben.heard.length];
    assert.deepEqual(
      now.map((count, i) => count - before[i]),
      [1, 1],
      "the other room has heard something else",
    );
    assert.deepEqual(lost, []);
    before = now;
  };
  let last: Promise<void> = Promise.resolve();
  // One after the other, also where several inputs are tried at once.
  const undisturbed = (): Promise<void> => (last = last.then(talk));
  return { undisturbed };
}
