/** The audit log's thread from its TypeScript source: tsx, which runs the tests, does not follow into threads by itself. */
import { register } from "tsx/esm/api";

register();
await import("../audit/thread.js");
