import type { Redis } from "ioredis";

/**
 * The client selects its database and subscribes again by itself when a connection is back, and waits for neither: where
 * that fails because the connection goes once more, the rejection would end the process. Whoever does wait hears of it.
 */
export function quiet(client: Redis): Redis {
  for (const name of ["select", "subscribe"] as const) {
    const command = client[name].bind(client) as (...args: unknown[]) => Promise<unknown>;
    const heard = (...args: unknown[]): Promise<unknown> => {
      const done = command(...args);
      done.catch(() => {});
      return done;
    };
    Object.assign(client, { [name]: heard });
  }
  return client;
}
