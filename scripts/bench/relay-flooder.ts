/**
 * Floods a server until the one that forked it is gone: `<kind> <url>`. In a process of its own and behind all others on
 * its core, so that the flood holds up nobody but the server: it stands for somebody on another machine.
 */
import { setPriority, constants } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { dialectOf } from "./relay-dialects.js";
import type { Kind } from "./relay-server.js";

/** Bytes that the flood keeps on their way: it sends as fast as the server reads. */
const UNDER_WAY = 256 * 1024;
/** Messages of the flood between two looks at what the server has read. */
const AT_ONCE = 100;

const [kind, url] = process.argv.slice(2);
setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit());

const dialect = dialectOf(kind as Kind, url);
const message = dialect.message(99_999_999);
// It comes back as often as it is cut.
for (let room = 0; process.connected; room++) {
  const socket = await dialect.enter(`flood-${room}`, 2);
  let cut = false;
  socket.onEnd = () => (cut = true);
  if (room === 0) process.send!("flooding");
  while (!cut) {
    for (let i = 0; i < AT_ONCE && socket.queued < UNDER_WAY; i++) socket.send(message);
    await pause(1);
  }
  socket.close();
}
