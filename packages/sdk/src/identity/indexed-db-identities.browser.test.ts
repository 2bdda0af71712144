import { createMemoryRelay } from "../transport/memory.js";
import { createRoomSecret } from "../handshake/room-secret.js";
import { QsecSession } from "../session/session.js";
import { QsecError } from "../wire/errors.js";
import { openDatabase } from "../storage/indexed-db.js";
import { forgetRoom } from "./forget-room.js";
import { indexedDbIdentities } from "./indexed-db-identities.js";
import { openIdentity } from "./open-identity.js";

const DATABASE = "qsec2-identities";
const place = { room: "standup", admission: "link" } as const;

function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`not so: ${what}`);
}

async function expectCode(code: string, promise: Promise<unknown>): Promise<void> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error instanceof QsecError && error.code === code, `${String(error)} is ${code}`);
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

async function records(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const database = await openDatabase({ name: DATABASE, stores: ["identities"], factory: indexedDB });
  setTimeout(() => database.close());
  return database.transaction("identities", mode).objectStore("identities");
}

describe("identities in IndexedDB", () => {
  const relay = createMemoryRelay();
  const secret = createRoomSecret();
  const sessions: QsecSession[] = [];

  async function open(username: string, options: object = {}): Promise<QsecSession> {
    const session = await QsecSession.open({
      transport: relay.transport(),
      room: place.room,
      username,
      secret,
      remember: true,
      ...options,
    });
    sessions.push(session);
    return session;
  }

  afterEach(async () => {
    for (const session of sessions.splice(0)) session.destroy();
    await forgetRoom(place.room);
  });

  it("survive the session that made them, with whom it met", async () => {
    const [alice, bob] = [await open("alice"), await open("bob", { remember: false })];
    for (const session of [alice, bob]) await session.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    for (const session of [bob, alice]) session.destroy();
    const again = await open("alice");
    expect(again.id === alice.id, "the same identity");
    const other = await open("bob", { remember: false });
    const changed = new Promise<CustomEvent<{ peer: { id: string } }>>((resolve) =>
      again.addEventListener("identity:changed", resolve),
    );
    for (const session of [again, other]) await session.connect();
    expect((await changed).detail.peer.id === other.id, "bob's other key is told");
  });

  it("are sealed under a key that no script can take out", async () => {
    await open("alice");
    const sealed: unknown = await settled((await records("readonly")).get("link/standup"));
    const { key, box } = sealed as { key: CryptoKey; box: Uint8Array<ArrayBuffer> };
    expect(key instanceof CryptoKey && !key.extractable, "a key that is not extractable");
    for (const format of ["raw", "jwk"] as const)
      await crypto.subtle.exportKey(format, key).then(
        () => expect(false, `no export as ${format}`),
        () => undefined,
      );
    // What is sealed with a key is sealed once: nothing shorter than a seed, its tag and an empty list of pins.
    expect(box.length === 32 + 16 + "[]".length, "a box of a seed and no pins");
  });

  it("serve one session at a time, and the next one when its page is gone", async () => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const elsewhere = indexedDbIdentities({ locks: frame.contentWindow!.navigator.locks });
    const first = await openIdentity({ ...place, identityStore: elsewhere });
    await expectCode("identity_in_use", openIdentity({ ...place, patience: 1 }));
    await expectCode("identity_in_use", forgetRoom(place.room, { patience: 1 }));
    const waiting = open("alice");
    frame.remove(); // as a tab that is closed
    expect((await waiting).id === first.id, "the same identity");
  });

  it("are let go at destroy()", async () => {
    const first = await open("alice");
    await expectCode("identity_in_use", openIdentity({ ...place, patience: 1 }));
    first.destroy();
    expect((await open("alice")).id === first.id, "the same identity");
  });

  it("are gone when the room is forgotten, in every mode, with what else was kept of it", async () => {
    const made = [];
    for (const admission of ["open", "verify", "link"] as const) {
      const identity = await openIdentity({ room: place.room, admission });
      made.push(identity.id);
      identity.close();
    }
    const also: string[] = [];
    await forgetRoom(place.room, { also: [async (room) => void also.push(room)] });
    expect(also.join() === place.room, "others forget it too");
    expect((await settled((await records("readonly")).count())) === 0, "nothing is left");
    expect(!made.includes((await open("alice")).id), "a new identity");
  });

  it("that cannot be read any more are told, and not replaced in silence", async () => {
    (await open("alice")).destroy();
    await settled((await records("readwrite")).put({ key: null, box: new Uint8Array(50) }, "link/standup"));
    await expectCode("store_failed", open("alice"));
    await forgetRoom(place.room);
    await open("alice");
  });
});
