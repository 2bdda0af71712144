/**
 * A server for the relay's benchmark, in a process of its own: `relay <folder for its database> [port]` or `bare`.
 * Answers any message with its CPU time in microseconds and the most memory that it has held, in KiB.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRelay } from "@qsec2/relay";
import { Server } from "socket.io";

const [kind, folder, port = "0"] = process.argv.slice(2);
const server = createServer();
if (kind === "relay") {
  await createRelay(server, { db: join(folder, "qsec2.db"), logLevel: "silent" });
} else {
  bareRelay();
}
server.listen(Number(port), "127.0.0.1", () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send!({ cpu: user + system, peak: process.resourceUsage().maxRSS });
});

/** The least that passes a message on: rooms, binary payloads, an acknowledgement. No checks, no limits, no log. */
function bareRelay(): void {
  const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
  io.on("connection", (socket) => {
    socket.on("join", (room: string, ack: () => void) => {
      void socket.join(room);
      ack();
    });
    socket.on("group_message", (room: string, frame: Uint8Array, ack: () => void) => {
      socket.to(room).emit("group_message", { from: socket.id }, frame);
      ack();
    });
  });
}
