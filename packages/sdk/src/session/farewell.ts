import type { Room } from "../room/room.js";
import type { Transport } from "../transport/transport.js";
import type { RoomRunner } from "./room-runner.js";

/** How long a farewell may hold up leaving, milliseconds. */
const FAREWELL_TIMEOUT = 1_500;

/**
 * Says goodbye to the room under signature. Never rejects: a relay that does not answer must not keep anybody from leaving.
 * @param problem told what went wrong meanwhile
 */
export async function sayFarewell(
  room: Room,
  runner: RoomRunner,
  transport: Transport,
  problem: (error: unknown) => void,
): Promise<void> {
  const farewell = runner.run(async () => {
    const { send } = await room.leave(Date.now());
    await Promise.all(send.map((message) => transport.send(message)));
  });
  await Promise.race([farewell.catch(problem), new Promise((done) => setTimeout(done, FAREWELL_TIMEOUT))]);
}
