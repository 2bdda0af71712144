/** What people write against the packages in Node, compiled against the packed tarballs. */
import { createServer } from "node:http";
import { computeQber, createRelay, startRelay, type RelayOptions } from "@qsec2/relay";
import { memoryIdentities, QsecSession } from "@qsec2/sdk";

const options: RelayOptions = { db: false, cors: ["https://chat.example"] };
export const relay = await createRelay(createServer(), options);
export const running = await startRelay({ port: 0, pages: false, db: false });
export const report = computeQber("0101", "0111", [1, 1, 1, 1]);

const session = await QsecSession.open({
  relay: running.url,
  room: "r",
  username: "bot",
  admission: "open",
  remember: true,
  identityStore: memoryIdentities(),
});
for await (const message of session.messages()) console.log(message.fromName, message.text);
