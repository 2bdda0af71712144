import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * A proxy that hands every connection to the next of several servers, and to another one where that does not answer. It
 * passes bytes on and knows nothing of what they mean: relays on one Redis do not mind who comes to which of them.
 *
 * @param {readonly number[]} ports of the servers, on this machine
 * @param {number} [port] to listen on; 0 for a free one
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startProxy(ports, port = 0) {
  let turn = 0;
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((client) => {
    keep(client);
    const first = turn++;
    attempt(
      client,
      [...ports.keys()].map((i) => ports[(first + i) % ports.length]),
    );
  });

  /** @param {import("node:net").Socket} socket */
  function keep(socket) {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  /** @param {import("node:net").Socket} client @param {readonly number[]} candidates */
  function attempt(client, [candidate, ...others]) {
    if (candidate === undefined) {
      client.destroy();
      return;
    }
    const upstream = connect(candidate, "127.0.0.1");
    keep(upstream);
    const next = () => attempt(client, others);
    upstream.once("error", next);
    upstream.once("connect", () => {
      upstream.off("error", next);
      client.pipe(upstream).pipe(client);
      client.on("close", () => upstream.destroy());
      upstream.on("close", () => client.destroy());
    });
  }

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
