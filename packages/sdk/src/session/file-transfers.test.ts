import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { decodeManifest, type FileManifest } from "../attachments/manifest.js";
import type { UploadState } from "../attachments/upload.js";
import { content, failure } from "../testing/files.js";
import { rejectsCode } from "../testing/throws.js";
import { createMemoryRelay, type MemoryRelay } from "../transport/memory.js";
import type { BlobReply, BlobRequest } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { FileTransfers } from "./file-transfers.js";

const MIB = 2 ** 20;
const bytes = content(2 * MIB);
const file = new Blob([bytes]);

type Before = (request: BlobRequest) => Promise<BlobReply | undefined> | BlobReply | undefined;

interface Member {
  readonly transfers: FileTransfers;
  readonly requests: BlobRequest[];
  before: Before;
  /** Changes when the room gets a new secret. */
  rid: number;
}

/** A member of a room on a relay in memory. `before` may answer in the relay's place, or throw as a link does. */
async function member(t: TestContext, relay: MemoryRelay, number: number, rid = 1): Promise<Member> {
  const transport = relay.transport();
  await new Promise<void>((up) => transport.open({ receive: () => {}, up, down: () => {}, problem: () => {} }));
  const id = toBase64url(new Uint8Array(32).fill(number));
  await transport.join({ version: 1, room: "r", username: `user${number}`, id, expected: 9 });
  const requests: BlobRequest[] = [];
  const transfers = new FileTransfers({
    rid: () => new Uint8Array(32).fill(self.rid),
    blob: async (request) => {
      requests.push(request);
      return (await self.before(request)) ?? transport.blob(request);
    },
  });
  const self: Member = { transfers, requests, before: () => undefined, rid };
  t.after(() => {
    transfers.end();
    transport.close();
  });
  return self;
}

const puts = ({ requests }: Member) => requests.filter(({ event }) => event === "blob_put").length;
const refusal = (code: "rate_limited" | "not_joined" | "draining" | "quota_exceeded"): BlobReply => ({
  ok: false,
  code,
  message: "Not now.",
});
const sendManifest = (body: Uint8Array): Promise<FileManifest> => Promise.resolve(decodeManifest(body));
const AS = { name: "../cat.png", mime: "image/png", sendManifest };

async function isWhole(blob: Blob): Promise<void> {
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
}

describe("files between members", () => {
  it("go over the relay, and the message about a file only after its last part", async (t) => {
    const relay = createMemoryRelay();
    const [alice, bob] = [await member(t, relay, 1), await member(t, relay, 2)];
    let before = -1;
    const manifest = await alice.transfers.send(file, {
      ...AS,
      thumb: Uint8Array.of(1, 2),
      sendManifest: async (body) => {
        before = puts(alice);
        return sendManifest(body);
      },
    });
    assert.equal(before, 9);
    assert.deepEqual([manifest.name, manifest.mime, manifest.size], ["cat.png", "image/png", 2 * MIB]);
    assert.deepEqual(manifest.thumb, Uint8Array.of(1, 2));
    await isWhole(await bob.transfers.open(manifest));
  });

  it("of another room do not open, unless the room's earlier secret is given", async (t) => {
    const relay = createMemoryRelay();
    const [alice, bob] = [await member(t, relay, 1), await member(t, relay, 2, 7)];
    const manifest = await alice.transfers.send(file, AS);
    await rejectsCode("KEY_COMMIT", bob.transfers.open(manifest));
    await isWhole(await bob.transfers.open(manifest, { rid: new Uint8Array(32).fill(1) }));
  });

  it("are sealed again when the room gets a new secret while they are on their way", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    alice.before = ({ event }) => {
      if (event === "blob_put" && puts(alice) === 5) alice.rid = 2;
      return undefined;
    };
    const manifest = await alice.transfers.send(file, AS);
    assert.equal(puts(alice), 18);
    await isWhole(await alice.transfers.open(manifest));
  });

  it("wait while the link is down, and go on as soon as they are told that it is back", async (t) => {
    const relay = createMemoryRelay();
    const alice = await member(t, relay, 1);
    let down = false;
    let failed = 0;
    alice.before = ({ event }) => {
      if (event === "blob_put" && puts(alice) === 4) {
        down = true;
        setTimeout(() => {
          down = false;
          alice.transfers.linkUp();
        }, 30);
      }
      if (!down) return undefined;
      failed++;
      throw new QsecError("link_lost", "The link is down.");
    };
    const manifest = await alice.transfers.send(file, AS);
    assert.ok(failed > 0);
    alice.before = () => undefined;
    await isWhole(await alice.transfers.open(manifest));
  });

  it("go on after what passes by itself: a limit of the rate, a relay that stops, a room not joined yet", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    const answers = [refusal("rate_limited"), refusal("draining"), refusal("not_joined")];
    alice.before = () => {
      const answer = answers.pop();
      if (answer !== undefined) setTimeout(() => alice.transfers.linkUp(), 5);
      return answer;
    };
    await isWhole(await alice.transfers.open(await alice.transfers.send(file, AS)));
    assert.deepEqual(answers, []);
  });

  it("that were refused half-way go on with the same keys when they are sent again, others do not", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    const states: UploadState[] = [];
    const onStart = ({ blob, ...state }: UploadState) => states.push({ ...state, blob: blob.slice() });
    alice.before = ({ event }) => (event === "blob_put" && puts(alice) > 6 ? refusal("quota_exceeded") : undefined);
    await rejectsCode("quota_exceeded", alice.transfers.send(file, { ...AS, onStart }));
    alice.before = () => undefined;
    alice.requests.length = 0;
    await alice.transfers.send(new Blob([content(MIB, "another")]), { ...AS, onStart });
    alice.requests.length = 0;
    const manifest = await alice.transfers.send(new Blob([bytes]), { ...AS, onStart });
    assert.equal(puts(alice), 3);
    assert.deepEqual(
      states.map(({ blob }) => toHex(blob) === toHex(states[0].blob)),
      [true, false, true],
    );
    await isWhole(await alice.transfers.open(manifest));
    await alice.transfers.send(file, { ...AS, onStart });
    assert.notEqual(
      toHex(states[3].blob),
      toHex(states[0].blob),
      "one that has arrived is never sent with its keys again",
    );
  });

  it("whose message could not be sent are sent again without their parts", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    const refused = () => Promise.reject(new QsecError("not_secured", "Nobody is there."));
    await rejectsCode("not_secured", alice.transfers.send(file, { ...AS, sendManifest: refused }));
    alice.requests.length = 0;
    await isWhole(await alice.transfers.open(await alice.transfers.send(file, AS)));
    assert.equal(puts(alice), 0);
  });

  it("that a page before this one began go on if they are the same, with a kept state", async (t) => {
    const relay = createMemoryRelay();
    const [alice, later] = [await member(t, relay, 1), await member(t, relay, 2)];
    let kept: UploadState | undefined;
    alice.before = ({ event }) => (event === "blob_put" && puts(alice) > 6 ? refusal("quota_exceeded") : undefined);
    const onStart = (state: UploadState) => (kept = structuredClone(state));
    await rejectsCode("quota_exceeded", alice.transfers.send(file, { ...AS, onStart }));
    const other = await later.transfers.send(new Blob([content(MIB)]), { ...AS, resume: structuredClone(kept!) });
    assert.notEqual(toHex(other.key), toHex(kept!.key));
    later.requests.length = 0;
    const manifest = await later.transfers.send(file, { ...AS, resume: kept! });
    assert.equal(puts(later), 3);
    await isWhole(await later.transfers.open(manifest));
  });

  it("that their sender stops are taken from the relay, also while the link is down", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    const controller = new AbortController();
    alice.before = ({ event }) => {
      if (event !== "blob_put") return undefined;
      if (puts(alice) === 4) setTimeout(() => controller.abort(), 5);
      throw new QsecError("link_lost", "The link is down.");
    };
    await rejectsCode("aborted", alice.transfers.send(file, { ...AS, signal: controller.signal }));
    assert.equal(alice.requests.at(-1)!.event, "blob_drop");
    await rejectsCode("aborted", alice.transfers.send(file, { ...AS, signal: AbortSignal.abort() }));
  });

  it("end with the session", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    alice.before = () => new Promise<never>(() => undefined);
    const sending = failure(alice.transfers.send(file, AS));
    const manifest: FileManifest = {
      ...{ blob: new Uint8Array(16), key: new Uint8Array(32), digest: new Uint8Array(32) },
      ...{ size: 1, name: "x", mime: "image/png" },
    };
    const opening = failure(alice.transfers.open(manifest));
    setTimeout(() => alice.transfers.end(), 20);
    for (const error of [await sending, await opening]) assert.equal((error as QsecError).code, "destroyed");
    await rejectsCode("destroyed", alice.transfers.send(file, AS));
  });

  it("are refused with a sentence before anything is read or brought to the relay, if what is said of them cannot be", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    for (const wrong of [
      { thumb: new Uint8Array(16_385) },
      { thumb: new Uint8Array(0) },
      { thumb: "picture" },
      { name: undefined },
      { name: 7 },
      { mime: null },
    ])
      await rejectsCode("bad_option", alice.transfers.send(file, { ...AS, ...(wrong as object) }));
    for (const none of [undefined, null, "text", {}, new Uint8Array(3)])
      await rejectsCode("bad_option", alice.transfers.send(none as Blob, AS));
    assert.deepEqual(alice.requests, []);
  });

  it("are called as the File is, unless they are given another name", async (t) => {
    const alice = await member(t, createMemoryRelay(), 1);
    const named = Object.assign(new Blob(["x"]), { name: "notes.txt" });
    assert.equal((await alice.transfers.send(named, { sendManifest })).name, "notes.txt");
    assert.equal((await alice.transfers.send(named, AS)).name, "cat.png");
  });
});
