import type { RelayContext, RelaySocket } from "../context.js";
import { startIdleWatch, startJoinDeadline } from "./deadlines.js";
import { dispatcher } from "./dispatch.js";
import { InOrder } from "./in-order.js";
import { dropped } from "./leave.js";

/** Ties a new socket to the relay. */
export function connected(context: RelayContext, socket: RelaySocket): void {
  startJoinDeadline(context, socket);
  startIdleWatch(context, socket);
  const inOrder = new InOrder();
  const dispatch = dispatcher(context, socket, inOrder);
  // A middleware that never calls `next`: no event of a client ever reaches an event emitter of the server, so there
  // is no name by which a client could fire something else than a handler of the table.
  socket.use((packet) => dispatch(packet));
  socket.on("disconnect", () => {
    // Else one connection could get fresh limits again and again, by leaving and entering Socket.IO's namespace.
    socket.conn.close();
    context.joinDeadlines.cancel(socket.id);
    // After what came before it, above all after a `join` that still waits for its seat.
    inOrder.run(() =>
      dropped(context, socket).catch((err: unknown) =>
        context.log.error({ err }, "a dropped socket could not be cleared away"),
      ),
    );
  });
}
