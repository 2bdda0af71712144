import assert from "node:assert/strict";
import { test } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { cli } from "../packages/relay/src/testing/cli.js";
import { inEpochOf } from "./support/members.js";

const MESSAGES = 60;

test(
  "a relay that gets SIGTERM in mid-conversation stops in order, and over the next one nothing is lost or doubled",
  { timeout: 120_000 },
  async (t) => {
    const first = cli(t, ["serve", "--port", "0", "--metrics", "0"]);
    const url = await first.url();
    const secret = createRoomSecret();
    const sessions = ["alice", "bob"].map((username) => {
      const session = new QsecSession({ relay: url, room: "r", username, secret, profile: "classic" });
      t.after(() => session.destroy());
      return session;
    });
    const read = sessions.map((session) => {
      const texts: string[] = [];
      session.addEventListener("message", ({ detail }) => void (detail.own || texts.push(detail.text)));
      return texts;
    });
    for (const session of sessions) await session.connect();
    await Promise.all(sessions.map(async (session) => inEpochOf(session, 2)));

    const said = [0, 1].map((who) => Array.from({ length: MESSAGES }, (_, i) => `${who}-${i}`));
    const talking = sessions.map(async (session, who) => {
      for (const [i, text] of said[who].entries()) {
        await session.send(text);
        if (who === 0 && i === MESSAGES / 3) first.child.kill("SIGTERM");
      }
    });
    const { code, err } = await first.ended;
    assert.deepEqual([code, err], [0, ""], "it has stopped by itself, and without a complaint");
    await cli(t, ["serve", "--port", new URL(url).port], {}, first.folder).url();
    await Promise.all(talking);
    for (const [reader, texts] of read.entries()) {
      while (texts.length < MESSAGES) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(texts, said[1 - reader], "each once, in the order of its sender");
    }
    const verified = await cli(t, ["logs", "--verify"], {}, first.folder).ended;
    assert.equal(verified.code, 0, verified.err);
  },
);
