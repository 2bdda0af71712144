import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { heardBy, inEpochOf } from "./support/members.js";
import { runProgram } from "./support/program.js";

const PROGRAMS = [
  ["embed-relay-http", "Hello from Node.\n"],
  ["embed-relay-express", "Hello from Express.\n"],
  ["embed-relay-fastify", "Hello from Fastify.\n"],
] as const;

for (const [name, hello] of PROGRAMS) {
  test(
    `examples/${name}, as docs/relay.md shows it: people talk beside the server's own routes`,
    { timeout: 120_000 },
    async () => {
      const code = await readFile(`examples/${name}/server.mjs`, "utf8");
      const page = await readFile("docs/relay.md", "utf8");
      assert.ok(page.includes(`\`\`\`js\n${code}\`\`\``), "the page shows the program as it stands");
      const program = runProgram(`examples/${name}/server.mjs`, [], { env: { PORT: "0", DB: ":memory:" } });
      const secret = createRoomSecret();
      const sessions: QsecSession[] = [];
      try {
        const url = await program.says(/http:\/\/[\d.:]+/);
        assert.equal(await (await fetch(`${url}/hello`)).text(), hello);
        assert.equal((await fetch(`${url}/readyz`)).status, 200);
        assert.equal((await fetch(`${url}/room/r`)).status, 404, "the relay serves no pages here");
        for (const username of ["alice", "bob"]) {
          const session = new QsecSession({ relay: url, room: "r", username, secret, profile: "classic" });
          sessions.push(session);
          await session.connect();
        }
        const [alice, bob] = sessions;
        await Promise.all(sessions.map(async (each) => inEpochOf(each, 2)));
        assert.deepEqual(await heardBy([bob], () => alice.send("beside your routes")), ["beside your routes"]);
      } finally {
        for (const session of sessions) session.destroy();
        await program.stop(); // also shows that it ends by itself
      }
    },
  );
}
