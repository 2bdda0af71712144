import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import fc from "fast-check";
import { decodePublished, encodePublished } from "../room/published.js";
import { code, collect, destroyAll, member, next, together } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";
import type { Incoming, Transport, TransportListener } from "../transport/transport.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";

afterEach(destroyAll);

const TYPE = fc.stringMatching(/^[A-Za-z0-9._:-]{1,64}$/);

/** The way to a relay that does as it likes with what it brings. */
function through(transport: Transport, change: (message: Incoming) => readonly Incoming[]): Transport {
  return {
    ...{ join: (request) => transport.join(request), send: (message) => transport.send(message) },
    ...{ blob: (request) => transport.blob(request), fetchHistory: (request) => transport.fetchHistory(request) },
    close: () => transport.close(),
    open(listener) {
      const receive = (message: Incoming) => {
        for (const changed of change(message)) listener.receive(structuredClone(changed));
      };
      transport.open({
        ...{ receive, up: () => listener.up(), problem: (error) => listener.problem(error) },
        down: (reason) => listener.down(reason),
      });
    },
  };
}

/** The way to a relay of which the test learns who listens at its end. */
function watched(transport: Transport, opened: (listener: TransportListener) => void): Transport {
  return {
    ...through(transport, (message) => [message]),
    open(listener) {
      opened(listener);
      transport.open(listener);
    },
  };
}

describe("what an application publishes", () => {
  it("comes once to everybody else in the room, with its type and its sender's name", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => member(relay, name, { expected: 3 }));
    await together(alice, bob, carol);
    const told = [alice, bob, carol].map((session) => collect(session, "published"));
    const last = [bob, carol].map((session) => next(session, "published", ({ type }) => type === "end"));
    await alice.publish("cursor", Uint8Array.of(12, 34));
    await alice.publish("end", new Uint8Array(0));
    await Promise.all(last);
    const from = { from: alice.id, fromName: "alice" };
    const expected = [
      { ...from, type: "cursor", data: Uint8Array.of(12, 34) },
      { ...from, type: "end", data: new Uint8Array(0) },
    ];
    assert.deepEqual(told, [[], expected, expected]);
  });

  it("is refused before it is sealed when its type is none, when it is too large, or when there is nobody to read it", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await alice.connect();
    await assert.rejects(alice.publish("cursor", new Uint8Array(1)), code("not_secured"));
    await together(alice, bob);
    for (const type of ["", "two words", "ä", "x".repeat(65), "a\n"])
      await assert.rejects(alice.publish(type, new Uint8Array(1)), code("bad_request"));
    await alice.publish("t", new Uint8Array(65_453));
    await assert.rejects(alice.publish("t", new Uint8Array(65_454)), code("message_too_large"));
  });

  it("is not even sealed while the link is down, so that no number of its sender's is used up", async () => {
    const relay = createMemoryRelay();
    const link: { down?: (reason: string) => void } = {};
    const alice = member(relay, "alice", {
      transport: watched(relay.transport(), (listener) => {
        link.down = (reason) => listener.down(reason);
      }),
    });
    const bob = member(relay, "bob");
    await together(alice, bob);
    const numberOf = (frame: Uint8Array) => new DataView(frame.buffer, frame.byteOffset).getUint32(12);
    const before = numberOf(await alice.encrypt(new Uint8Array(1)));
    const down = next(alice, "state", ({ state }) => state === "reconnecting");
    link.down!("pulled out");
    await down;
    await assert.rejects(alice.publish("cursor", new Uint8Array(1)), code("link_lost"));
    assert.equal(numberOf(await alice.encrypt(new Uint8Array(1))), before + 1);
  });

  it("is shown neither twice, nor under another type, nor as what it is not", async () => {
    const relay = createMemoryRelay();
    const alice = member(relay, "alice");
    const frames: Uint8Array[] = [];
    const bob = member(relay, "bob", {
      transport: through(relay.transport(), (message) => {
        if (message.event === "group_message") {
          const { header, frame } = message;
          return [{ event: "relay", header: { ...header, type: "cursor" }, frame }, message];
        }
        if (message.event !== "relay") return [message];
        frames.push(message.frame.slice());
        const header = { ...message.header, type: "vote" };
        if (message.header.type === "lie") return [{ ...message, header }];
        if (message.header.type === "move")
          return [{ event: "group_message", header: message.header, frame: message.frame }];
        return [message, message];
      }),
    });
    const [published, messages, security] = [
      collect(bob, "published"),
      collect(bob, "message"),
      collect(bob, "security"),
    ];
    await together(alice, bob);
    await alice.publish("lie", Uint8Array.of(1));
    await alice.publish("move", Uint8Array.of(2));
    await alice.send("a text");
    await alice.publish("twice", Uint8Array.of(3));
    await alice.send("the last");
    await next(bob, "message", ({ text }) => text === "the last");
    assert.deepEqual(
      published.map(({ type }) => type),
      ["twice"],
    );
    assert.deepEqual(
      messages.map(({ text }) => text),
      ["a text", "the last"],
    );
    assert.deepEqual(
      security.map(({ code }) => code),
      ["KIND", "KIND", "REPLAY", "KIND"],
    );
    assert.ok(
      frames.every((frame) => !Buffer.from(frame).includes("twice")),
      "the type inside is sealed",
    );
  });

  it("is encoded so that it comes back, whatever it is, and every other body is refused", () => {
    fc.assert(
      fc.property(TYPE, fc.uint8Array(), (type, data) =>
        assert.deepEqual(decodePublished(encodePublished({ type, data })), { type, data }),
      ),
    );
    for (const body of [[], [0], [2, 97], [1, 32], [1, 0xff], [65, ...utf8("x".repeat(65))]])
      assert.throws(
        () => decodePublished(Uint8Array.from(body)),
        (error) => error instanceof QsecError && error.code === "DECODE",
      );
  });
});
