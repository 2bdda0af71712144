import type { Server as HttpServer } from "node:http";
import type { RelayServer } from "../context.js";

type Listener = (...args: unknown[]) => void;

/** What Engine.IO puts on an HTTP server; of `request` it wraps those that are there. */
const EVENTS = ["request", "upgrade", "close"] as const;

/**
 * Puts Socket.IO on an HTTP server that somebody else owns. Returns what takes it off again: the server then has the
 * listeners that its owner has given it, and another relay may take its place.
 */
export function attach(io: RelayServer, server: HttpServer): () => void {
  const before = EVENTS.map((event) => [event, listenersOf(server, event)] as const);
  io.attach(server);
  const changes = before.map(([event, own]) => {
    const added = listenersOf(server, event).filter((listener) => !own.includes(listener));
    return { event, added, wrapped: event === "request" ? own : [] };
  });
  return () => {
    for (const { event, added, wrapped } of changes) {
      const now = listenersOf(server, event);
      server.removeAllListeners(event);
      const kept = now.filter((listener) => !added.includes(listener));
      for (const listener of [...wrapped, ...kept]) server.on(event, listener);
    }
  };
}

/** With what `once` wraps around them. */
function listenersOf(server: HttpServer, event: string): Listener[] {
  return server.rawListeners(event) as Listener[];
}
