/**
 * A server for the relay's benchmarks, in a process of its own: `<kind> <folder for its database> [port]`. Answers any
 * message with its CPU time in microseconds, the memory that it holds and the most that it has held, in KiB.
 */
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRelay } from "@qsec2/relay";
import { Server } from "socket.io";
import { WebSocketServer, type WebSocket } from "ws";

export type Kind = "relay" | "bare" | "ws";

const KINDS: Readonly<Record<Kind, (server: HttpServer, folder: string) => unknown>> = {
  relay: (server, folder) => createRelay(server, { db: join(folder, "qsec2.db"), logLevel: "silent" }),
  bare: bareRelay,
  ws: webSocketRelay,
};

const [kind, folder, port = "0"] = process.argv.slice(2);
const server = createServer();
await KINDS[kind as Kind](server, folder);
server.listen(Number(port), "127.0.0.1", 4_096, () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on("message", () => {
  (globalThis as { gc?: () => void }).gc?.();
  const { user, system } = process.cpuUsage();
  process.send!({
    cpu: user + system,
    memory: Math.round(process.memoryUsage.rss() / 1024),
    peak: process.resourceUsage().maxRSS,
  });
});
process.on("disconnect", () => process.exit());
process.on("SIGTERM", () => process.exit());

/** The least that Socket.IO can do: binary payloads to whoever gave the same room in the address. No checks, limits, log or answers. */
function bareRelay(http: HttpServer): void {
  const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
  io.on("connection", (socket) => {
    const { room } = socket.handshake.query as { room: string };
    void socket.join(room);
    socket.on("message", (frame: Uint8Array) => socket.to(room).emit("message", frame));
    // For the file: the receiver's answer lets the sender go on.
    socket.on("part", (frame: Uint8Array) => socket.to(room).emit("part", frame));
    socket.on("next", () => socket.to(room).emit("next"));
  });
}

/** The least that a WebSocket server can do. */
function webSocketRelay(http: HttpServer): void {
  const rooms = new Map<string, Set<WebSocket>>();
  new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (socket, request) => {
    const room = request.url ?? "";
    const members = rooms.get(room) ?? new Set();
    rooms.set(room, members.add(socket));
    socket.on("message", (frame, binary) => {
      for (const other of members) if (other !== socket) other.send(frame, { binary });
    });
    socket.on("close", () => members.delete(socket));
  });
}
