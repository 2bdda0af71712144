import { QsecError, type BlobBytes, type BlobHave, type HistoryPage, type Reply, type Welcome } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import type { Seat } from "../rooms/registry.js";
import type { Soon } from "../soon.js";

/** What an event can be answered with. */
export type Answer = Reply | Welcome | BlobHave | BlobBytes | HistoryPage;

/** One event from one socket. Header and frame are whatever the client sent. */
export interface Call {
  readonly socket: RelaySocket;
  readonly header: unknown;
  readonly frame: unknown;
  /** Answers. The first answer counts; a handler that gives none has accepted the event. */
  readonly reply: (reply: Answer) => void;
}

export interface SeatedCall extends Call {
  /** The caller's place: who it is and which room it is in, as the relay knows it. */
  readonly seat: Seat;
}

/** May throw a `QsecError` with a relay code, which refuses the event. */
export type Handler = (context: RelayContext, call: Call) => Soon<void>;

export interface EventRule {
  /** Whether a frame follows the header. */
  readonly frame: boolean;
  /** Whether it counts with the parts of files instead of as a message: a transfer must not silence its sender's chat. */
  readonly files?: true;
  /** Whether later events of the socket may overtake its answer, which waits for the disk. */
  readonly aside?: true;
  readonly handle: Handler;
}

/** One family of events. */
export type EventFamily = readonly (readonly [event: string, rule: EventRule])[];

/** For events that only a member may send. */
export function seated(handle: (context: RelayContext, call: SeatedCall) => Soon<void>): Handler {
  return (context, { socket, header, frame, reply }) => {
    const seat = context.rooms.seatOf(socket.id);
    if (!seat) throw new QsecError("not_joined", "Join a room first.");
    return handle(context, { socket, header, frame, reply, seat });
  };
}
