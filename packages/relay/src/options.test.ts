import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveOptions } from "./options.js";

test("without options everything has its default, and undefined is no value", () => {
  const settings = resolveOptions({ cors: undefined, grace: undefined });
  assert.deepEqual(settings, resolveOptions({}));
  assert.deepEqual([settings.db, settings.cors, settings.grace, settings.maxMembers], ["data/qsec2.db", [], 15, 64]);
});

const BAD: readonly (readonly [what: string, options: object])[] = [
  ["an option that does not exist", { plaintext: true }],
  ["rooms for more people than the protocol allows", { maxMembers: 65 }],
  ["rooms for one", { maxMembers: 1 }],
  ["no rooms", { maxRooms: 0 }],
  ["half a room", { maxRooms: 1.5 }],
  ["a negative grace time", { grace: -1 }],
  ["no room for any file", { fileQuota: 0 }],
  ["files larger than they may be", { maxFile: 10_241 }],
  ["files that are never kept", { fileTtl: 0 }],
  ["an address of Redis without its scheme", { redis: "localhost:6379" }],
  ["an address of something else than Redis", { redis: "https://localhost:6379" }],
  ["an address of Redis with a path", { redis: "redis://localhost/some/path" }],
  ["a number that is none", { grace: Number.NaN }],
  ["a ring of less than nothing", { ring: -1 }],
  ["a ring without a size", { ringSize: 0 }],
  ["an empty path", { db: "" }],
  ["a rate of nothing", { rate: 0 }],
  ["packets too small for the protocol", { maxPayload: 383 }],
  ["a heartbeat longer than proxies wait", { heartbeat: 26 }],
  ["a backlog of half a MiB", { maxBacklog: 0.5 }],
  ["polling by a word", { allowPolling: "yes" }],
  ["a proxy trusted by a word", { trustProxy: "no" }],
  ["a host with a scheme", { hosts: ["https://chat.example"] }],
  ["a host with a port", { hosts: ["chat.example:443"] }],
  ["one host that is not in a list", { hosts: "chat.example" }],
  ["metrics on a port that is none", { metrics: 65_536 }],
  ["metrics without saying where", { metrics: true }],
  ["plaintext by a word", { allowPlaintext: "no" }],
  ["a log level that does not exist", { logLevel: "loud" }],
  ["an origin with a path", { cors: ["https://chat.example/room"] }],
  ["one origin that is not in a list", { cors: "https://chat.example" }],
  ["no list of origins at all", { cors: null }],
  ["an origin that is no text", { cors: [new URL("https://chat.example")] }],
  ["an origin without a scheme", { cors: ["chat.example"] }],
];

for (const [what, options] of BAD) {
  test(`${what} is refused with a sentence`, () => {
    assert.throws(() => resolveOptions(options), { name: "QsecError", code: "bad_option", message: /^[^\n]+\.$/ });
  });
}

test("an address of Redis that is refused is not repeated: it may have a password", () => {
  const redis = "redis://user:hunter2@/0";
  assert.throws(
    () => resolveOptions({ redis }),
    ({ message }: Error) => !message.includes("hunter2"),
  );
  for (const good of ["redis://localhost", "rediss://user:hunter2@redis.example:6380/2", "redis://[::1]:6379/"]) {
    assert.equal(resolveOptions({ redis: good }).redis, good);
  }
});
