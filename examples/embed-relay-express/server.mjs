import { createServer } from "node:http";
import express from "express";
import { createRelay } from "@qsec2/relay";

const app = express();
app.get("/hello", (_, response) => response.send("Hello from Express.\n"));
app.get("/readyz", (_, response) => response.status(relay.readiness.ok ? 200 : 503).json(relay.readiness));

const server = createServer(app); // not app.listen(): the relay needs the server
const relay = await createRelay(server, { db: process.env.DB ?? "data/chat.db", cors: ["https://chat.example"] });

server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
process.once("SIGTERM", async () => {
  await relay.close();
  server.close();
});
