import type { TestContext } from "node:test";
import { connect, type TestClient } from "./client.js";
import { startTestRelay, type TestRelay } from "./start-relay.js";
import type { StartOptions } from "../server.js";

export interface Fixture {
  readonly relay: TestRelay;
  /** A connected client that ends with the test. */
  readonly client: (username: string, id?: string) => Promise<TestClient>;
  /** A client that is in the room. */
  readonly member: (username: string, room: string, expected?: number) => Promise<TestClient>;
}

/** A relay and its clients for one test; all of it ends with the test. */
export async function fixture(test: TestContext, options: StartOptions = {}): Promise<Fixture> {
  const relay = await startTestRelay({ pages: false, ...options });
  test.after(() => relay.close());
  const client = async (username: string, id?: string): Promise<TestClient> => {
    const made = await connect(relay.url, username, id);
    test.after(() => made.close());
    return made;
  };
  const member = async (username: string, room: string, expected = 2): Promise<TestClient> => {
    const made = await client(username);
    await made.join(room, { expected });
    return made;
  };
  return { relay, client, member };
}
