import type { LoadSocket } from "../../packages/relay/src/bench/load-socket.js";
import { number, printTable } from "./harness.js";
import { dialectOf } from "./relay-dialects.js";
import { ServerProcess } from "./relay-process.js";
import type { Kind } from "./relay-server.js";

const CONNECTIONS = 5_000;
const OPENING = 100;

/** Memory of the server for each connection that says nothing, in rooms of two. */
export async function benchRelayMemory(kinds: readonly Kind[]): Promise<void> {
  const measured = new Map<Kind, number>();
  for (const kind of kinds) measured.set(kind, await memoryOf(kind));
  const bare = measured.get("bare")!;
  printTable(`Memory of ${CONNECTIONS} idle connections; target: at most 1.15 of bare`, [
    { what: "KiB each", ...Object.fromEntries([...measured].map(([kind, each]) => [kind, number(each, 1)])) },
    { what: "of bare", ...Object.fromEntries([...measured].map(([kind, each]) => [kind, number(each / bare, 2)])) },
  ]);
}

async function memoryOf(kind: Kind): Promise<number> {
  const server = await ServerProcess.start(kind);
  const sockets: LoadSocket[] = [];
  try {
    const dialect = dialectOf(kind, server.url);
    const open = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i += OPENING) {
        const some = Array.from({ length: Math.min(OPENING, to - i) }, (_, j) =>
          dialect.enter(`room-${(i + j) >> 1}`, 2),
        );
        sockets.push(...(await Promise.all(some)));
      }
    };
    await open(0, OPENING); // what the first ones need once for all
    const before = await server.usage();
    await open(OPENING, OPENING + CONNECTIONS);
    return ((await server.usage()).memory - before.memory) / CONNECTIONS;
  } finally {
    for (const socket of sockets) socket.close();
    await server.stop();
  }
}
