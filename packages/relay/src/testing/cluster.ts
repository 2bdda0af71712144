import type { TestContext } from "node:test";
import type { StartOptions } from "../server.js";
import { connect, type TestClient } from "./client.js";
import { startRedis, type TestRedis } from "./redis.js";
import { startTestRelay, type TestRelay } from "./start-relay.js";

export interface TestCluster {
  readonly redis: TestRedis;
  readonly relays: readonly TestRelay[];
  /** A connected client of the relay with this index. */
  readonly client: (relay: number, username: string, id?: string) => Promise<TestClient>;
  /** A client that is in the room. */
  readonly member: (relay: number, username: string, room: string, expected?: number) => Promise<TestClient>;
}

/** Two relays on one Redis; all of it ends with the test. */
export async function startCluster(test: TestContext, options: StartOptions = {}): Promise<TestCluster> {
  const redis = await startRedis(test);
  const start = async (): Promise<TestRelay> => {
    const relay = await startTestRelay({ pages: false, redis: redis.url, ...options });
    redis.before(() => relay.close());
    return relay;
  };
  const relays = [await start(), await start()];
  const client = async (relay: number, username: string, id?: string): Promise<TestClient> => {
    const made = await connect(relays[relay].url, username, id);
    redis.before(() => made.close());
    return made;
  };
  const member = async (relay: number, username: string, room: string, expected = 2): Promise<TestClient> => {
    const made = await client(relay, username);
    await made.join(room, { expected });
    return made;
  };
  return { redis, relays, client, member };
}
