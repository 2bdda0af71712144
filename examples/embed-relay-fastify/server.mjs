import fastify from "fastify";
import { createRelay } from "@qsec2/relay";

const app = fastify();
app.get("/hello", () => "Hello from Fastify.\n");
app.get("/readyz", (_, reply) => reply.code(relay.readiness.ok ? 200 : 503).send(relay.readiness));

const options = { db: process.env.DB ?? "data/chat.db", cors: ["https://chat.example"] };
const relay = await createRelay(app.server, options);
app.addHook("preClose", () => relay.close());

console.log(`Listening on ${await app.listen({ port: process.env.PORT ?? 3000, host: "127.0.0.1" })}`);
process.once("SIGTERM", () => app.close());
