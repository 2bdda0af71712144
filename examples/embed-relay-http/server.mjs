import { createServer } from "node:http";
import { createRelay } from "@qsec2/relay";

const server = createServer((request, response) => {
  if (request.url === "/hello") return response.end("Hello from Node.\n");
  const { ok } = relay.readiness;
  if (request.url === "/readyz") return response.writeHead(ok ? 200 : 503).end();
  response.writeHead(404).end();
});
const relay = await createRelay(server, { db: process.env.DB ?? "data/chat.db", cors: ["https://chat.example"] });

server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
process.once("SIGTERM", async () => {
  await relay.close(); // tells the members, and writes what waits for the log
  server.close();
});
