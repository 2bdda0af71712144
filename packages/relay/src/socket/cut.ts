import type { Socket } from "socket.io";

export type Connection = Socket["conn"];

/** What Engine.IO does not type: the WebSocket below the transport. Polling has none. */
export interface WebSocketBelow {
  readonly bufferedAmount?: number;
  pause(): void;
  resume(): void;
  terminate(): void;
}

export function webSocketOf(connection: Connection): WebSocketBelow | undefined {
  return (connection as unknown as { readonly transport?: { readonly socket?: WebSocketBelow } }).transport?.socket;
}

/**
 * Ends a connection without a word: whoever floods would go on while a farewell is waited for, and who does not read
 * would not read it.
 */
export function cut(connection: Connection): void {
  // Not at once: this may be in the middle of a broadcast, and closing tells the room.
  process.nextTick(() => {
    const socket = webSocketOf(connection);
    connection.close(true);
    socket?.terminate();
  });
}
