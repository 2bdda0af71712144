import assert from "node:assert/strict";
import { test } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { startTestRelay } from "../packages/relay/src/testing/start-relay.js";

const MEMBERS = 32;

test(`${MEMBERS} people share one room over a real relay: one room code, and everybody reads everybody once`, async () => {
  const relay = await startTestRelay();
  const secret = createRoomSecret();
  const sessions = Array.from(
    { length: MEMBERS },
    (_, index) =>
      new QsecSession({ relay: relay.url, room: "hall", username: `guest-${index}`, expected: MEMBERS, secret }),
  );
  try {
    const heard = sessions.map(() => [] as string[]);
    sessions.forEach((session, index) => {
      session.addEventListener("message", ({ detail }) => {
        if (!detail.own) heard[index].push(detail.text);
      });
    });
    for (const session of sessions) await session.connect();
    await Promise.all(sessions.map(allThere));
    assert.equal(new Set(sessions.map(({ epoch }) => epoch?.roomCode)).size, 1);

    const complete = sessions.map((session, index) =>
      until(session, "message", () => heard[index].length === MEMBERS - 1),
    );
    await Promise.all(sessions.map((session, index) => session.send(`from ${index}`)));
    await Promise.all(complete);
    heard.forEach((texts, index) => {
      const others = sessions.map((_, other) => `from ${other}`).filter((text) => text !== `from ${index}`);
      assert.deepEqual([...texts].sort(), others.sort());
    });
  } finally {
    for (const session of sessions) session.destroy();
    await relay.close();
  }
});

function allThere(session: QsecSession): Promise<void> {
  return until(session, "epoch", () => session.epoch?.members === MEMBERS);
}

/** Resolves when it holds, looking now and after every event of this name. */
function until(session: QsecSession, event: "epoch" | "message", holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (holds()) resolve();
    };
    session.addEventListener(event, look);
    look();
  });
}
