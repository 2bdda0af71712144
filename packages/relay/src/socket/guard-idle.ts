import type { Connection } from "./cut.js";

/**
 * Watches whether anything comes but signs of life. Those are waited for by Engine.IO.
 * @param milliseconds how long nothing may come
 * @param idle called at the first sign of life after that time
 */
export function guardIdle(connection: Connection, milliseconds: number, idle: () => void): void {
  let heardAt = performance.now();
  connection.on("data", () => {
    heardAt = performance.now();
  });
  connection.on("heartbeat", () => {
    if (performance.now() - heardAt >= milliseconds) idle();
  });
}
