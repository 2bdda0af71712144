import { QsecSession } from "../session/session.js";
import { createRoomSecret } from "../handshake/room-secret.js";
import { openDatabase } from "../storage/indexed-db.js";
import { createMemoryRelay } from "../transport/memory.js";
import { toBase64url } from "../wire/base64url.js";
import { indexedDbEpochKeys } from "./indexed-db-epoch-keys.js";

const NAME = "qsec2-epochs-test";
const DAY = 24 * 60 * 60 * 1000;

function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`not so: ${what}`);
}

const epoch = (fill: number, keptAt = Date.now()) => ({
  commit: new Uint8Array(150).fill(fill),
  signature: new Uint8Array(64).fill(fill),
  roomKey: new Uint8Array(32).fill(fill),
  keptAt,
});

async function rows(): Promise<{ key: CryptoKey; box: Uint8Array }[]> {
  const database = await openDatabase({ name: NAME, stores: ["epochs"], factory: indexedDB });
  try {
    const request = database.transaction("epochs").objectStore("epochs").getAll();
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as { key: CryptoKey; box: Uint8Array }[]);
      request.onerror = () => reject(request.error!);
    });
  } finally {
    database.close();
  }
}

describe("room keys in IndexedDB", () => {
  const store = indexedDbEpochKeys({ name: NAME });
  const [here, other] = [
    { room: "standup", rid: "rid" },
    { room: "standup", rid: "another" },
  ];

  afterEach(async () => {
    for (const room of ["standup", "standup-2"]) await store.forget(room);
  });

  it("come back as they were, to the room that they belong to alone", async () => {
    await store.keep(here, "hash-1", epoch(1));
    await store.keep(here, "hash-2", epoch(2));
    const kept = await indexedDbEpochKeys({ name: NAME }).load(here);
    expect(kept.map(({ roomKey }) => roomKey[0]).join() === "1,2", "both keys");
    expect(kept[0].commit.length === 150 && kept[0].signature.length === 64, "their commits and signatures");
    expect((await store.load(other)).length === 0, "nothing for another room of this name");
  });

  it("are sealed under keys that no script can take out", async () => {
    await store.keep(here, "hash-1", epoch(7));
    const [{ key, box }] = await rows();
    expect(!key.extractable, "a key that is not extractable");
    expect(!toBase64url(box).includes(toBase64url(new Uint8Array(30).fill(7))), "no room key in the box");
  });

  it("move with the room to its new public id", async () => {
    await store.keep(here, "hash-1", epoch(1));
    await store.move(here, other.rid);
    expect((await store.load(here)).length === 0, "nothing at the old place");
    expect((await store.load(other))[0].roomKey[0] === 1, "the key at the new place");
  });

  it("are deleted when their time is over, and when the room is forgotten, and others stay", async () => {
    await store.keep(here, "old", epoch(1, Date.now() - 31 * DAY));
    await store.keep(here, "new", epoch(2));
    await store.keep({ room: "standup-2", rid: "rid" }, "hash", epoch(3));
    await store.keep({ room: "standup-2", rid: "rid" }, "old", epoch(4, Date.now() - 31 * DAY));
    expect((await store.load(here)).length === 1, "the new one");
    expect((await rows()).length === 2, "the old ones of all rooms are gone from the disk");
    await store.forget("standup");
    expect((await rows()).length === 1, "the other room's key stays");
  });

  it("let who comes back to the page read what was said before", async () => {
    const [relay, secret] = [createMemoryRelay(), createRoomSecret()];
    const sessions: QsecSession[] = [];
    const member = (username: string, options: object = {}): QsecSession => {
      const session = new QsecSession({ transport: relay.transport(), room: "standup", username, secret, ...options });
      sessions.push(session);
      return session;
    };
    try {
      const [alice, bob] = [member("alice", { history: true }), member("bob", { epochKeys: store })];
      for (const session of [alice, bob]) await session.connect();
      await Promise.all([alice.secured(), bob.secured()]);
      const heard = new Promise((resolve) => bob.addEventListener("message", resolve, { once: true }));
      await alice.send("said before");
      await heard;
      const alone = new Promise<void>((resolve) =>
        alice.addEventListener("epoch", ({ detail }) => detail.reason === "leave" && resolve()),
      );
      await bob.leave();
      await alone;
      const again = member("bob", { epochKeys: store });
      const said = new Promise<string>((resolve) =>
        again.addEventListener("message", ({ detail }) => detail.fromHistory && resolve(detail.text), { once: true }),
      );
      await again.connect();
      expect((await said) === "said before", "the message of before");
      await again.forget();
      expect((await rows()).length === 0, "nothing is left once it is forgotten");
    } finally {
      for (const session of sessions) session.destroy();
    }
  });
});
