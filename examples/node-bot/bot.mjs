/**
 * A member of a room that is a program: it answers `/time`, `/roll` and `/help`.
 *
 *     node bot.mjs                                     a new room on a relay at http://127.0.0.1:3000
 *     node bot.mjs "http://…/room/standup#secret"      the room of an invite link
 */
import { randomInt } from "node:crypto";
import { createInvite, createRoomSecret, parseInvite, QsecSession } from "@qsec2/sdk";

const commands = new Map([
  ["/time", () => `It is ${new Date().toISOString()}.`],
  ["/roll", () => `You rolled ${randomInt(1, 7)}.`],
  ["/help", () => `I know ${[...commands.keys()].join(", ")}.`],
]);

const link =
  process.argv[2] ??
  createInvite(process.env.RELAY ?? "http://127.0.0.1:3000", { room: "bots", expected: 8, secret: createRoomSecret() });
const { room, expected, secret } = parseInvite(link);
const session = new QsecSession({ relay: new URL(link).origin, room, username: "bot", expected, secret });

session.addEventListener("bb84:keyed", ({ detail }) => {
  console.log(`Shares a key with ${detail.peer.name}; simulated QBER ${(100 * detail.qber).toFixed(1)} %`);
});
session.addEventListener("security", ({ detail }) => console.error(`${detail.code}: ${detail.message}`));
process.once("SIGINT", () => void session.leave());
process.once("SIGTERM", () => void session.leave());

await session.connect();
console.log(`In the room. Invite: ${link}`);
for await (const { own, text } of session.messages()) {
  const answer = own ? undefined : commands.get(text.trim());
  if (answer !== undefined) await session.send(answer());
}
console.log("Left the room.");
