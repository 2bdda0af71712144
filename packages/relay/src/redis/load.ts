import { badOption } from "../options.js";

/** The packages that only a relay with the option `redis` needs. @throws QsecError `bad_option` where they are missing */
export async function loadRedisPackages() {
  try {
    const [{ Redis }, { createAdapter }] = await Promise.all([
      import("ioredis"),
      import("@socket.io/redis-streams-adapter"),
    ]);
    return { Redis, createAdapter };
  } catch (error) {
    const needed = "ioredis @socket.io/redis-streams-adapter";
    throw badOption(`The option 'redis' needs two packages that are not installed: npm install ${needed}`, error);
  }
}
