import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { content, failure, generated, RID, testStore } from "../testing/files.js";
import { rejectsCode } from "../testing/throws.js";
import type { BlobRequest } from "../transport/transport.js";
import { concat, toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { download, downloadBlob, type FileSink } from "./download.js";
import { layoutOf } from "./layout.js";
import type { FileManifest } from "./manifest.js";
import type { FileSource } from "./source.js";
import { Upload, type FileProgress, type TransferOptions } from "./upload.js";

const MIB = 2 ** 20;

function manifestOf({ state }: Upload, extra: Partial<FileManifest> = {}): FileManifest {
  const { blob, key, digest, size } = state;
  return { blob, key, digest, size, name: "file", mime: "image/png", ...extra };
}

async function uploaded(file: FileSource, options: TransferOptions): Promise<FileManifest> {
  const upload = await Upload.prepare(file);
  await upload.run(options);
  return manifestOf(upload);
}

/** A sink that remembers what became of it. */
function recorder(): FileSink & { readonly log: string[]; readonly pieces: Uint8Array[] } {
  const log: string[] = [];
  const pieces: Uint8Array[] = [];
  return {
    log,
    pieces,
    write: (bytes) => void pieces.push(bytes),
    close: () => void log.push("close"),
    abort: (reason) => void log.push(`abort ${reason instanceof QsecError ? reason.code : String(reason)}`),
  };
}

const putParts = (requests: readonly BlobRequest[]) =>
  requests.flatMap((request) => (request.event === "blob_put" ? [request.header.part] : []));

describe("a file", () => {
  for (const size of [0, 1, 16_383, 16_384, 262_088, 262_144, 3 * MIB + 5]) {
    it(`of ${size} bytes comes back as it was`, async () => {
      const { options } = testStore();
      const bytes = content(size);
      const blob = await downloadBlob(await uploaded(new Blob([bytes]), options), options);
      assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
      assert.equal(blob.type, "image/png");
    });
  }

  it("says how far it is, up to the whole of it, both ways", async () => {
    const { options } = testStore();
    const [up, down]: FileProgress[][] = [[], []];
    const manifest = await uploaded(new Blob([content(MIB)]), { ...options, onProgress: (at) => up.push(at) });
    await downloadBlob(manifest, { ...options, onProgress: (at) => down.push(at) });
    for (const seen of [up, down]) {
      const { total } = seen[0];
      assert.equal(total, layoutOf(MIB).blobBytes);
      assert.equal(seen[0].done, 0);
      assert.equal(seen.at(-1)!.done, total);
      assert.deepEqual(
        seen.map(({ done }) => done),
        seen.map(({ done }) => done).sort((a, b) => a - b),
      );
    }
  });

  it("of a kind that could run a script is handed out as bytes only", async () => {
    const { options } = testStore();
    const manifest = { ...(await uploaded(new Blob(["<script>"]), options)), mime: "image/svg+xml" };
    assert.equal((await downloadBlob(manifest, options)).type, "application/octet-stream");
  });

  it("is sealed with fresh keys each time", async () => {
    const file = new Blob([content(100)]);
    const [a, b] = [(await Upload.prepare(file)).state, (await Upload.prepare(file)).state];
    for (const field of ["blob", "key", "salt"] as const) assert.notEqual(toHex(a[field]), toHex(b[field]));
    assert.equal(toHex(a.digest), toHex(b.digest));
  });
});

describe("an upload", () => {
  it("never holds more than four parts in flight and one in the making", async () => {
    let [flying, most, made] = [0, 0, 0];
    const held: (() => void)[] = [];
    const { parts } = layoutOf(8 * MIB);
    const { options } = testStore(async ({ event }) => {
      if (event !== "blob_put") return;
      made++;
      most = Math.max(most, ++flying);
      // The relay answers the oldest once four wait, and all of them when the last part has come.
      setTimeout(() => held.splice(0, made === parts ? 4 : Math.max(0, held.length - 3)).forEach((go) => go()), 2);
      await new Promise<void>((resolve) => held.push(resolve));
      flying--;
    });
    let [read, ahead] = [0, 0];
    const source = generated(8 * MIB);
    const file: FileSource = {
      size: source.size,
      stream: () => {
        read = 0;
        return source.stream().pipeThrough(
          new TransformStream({
            transform: (bytes: Uint8Array, controller) => {
              read += bytes.length;
              ahead = Math.max(ahead, read - (made - flying) * 262_144);
              controller.enqueue(bytes);
            },
          }),
        );
      },
    };
    const upload = await Upload.prepare(file);
    [read, ahead] = [0, 0];
    await upload.run(options);
    assert.equal(most, 4);
    // Four in flight, one in the making, and what the stream itself holds ready.
    assert.ok(ahead <= 5 * 262_144 + 4 * 65_536, `read ahead ${ahead}`);
  });

  it("goes on where it stopped: only the missing parts are sent, and they fit the others", async () => {
    const bytes = content(3 * MIB);
    let left = 5;
    const { requests, options } = testStore(({ event }) => {
      if (event === "blob_put" && left-- <= 0) throw new QsecError("quota_exceeded", "No more.");
    });
    const first = await Upload.prepare(new Blob([bytes]));
    await rejectsCode("quota_exceeded", first.run(options));
    requests.length = 0;
    left = Infinity;
    const again = await Upload.prepare(new Blob([bytes]), { earlier: [first.state] });
    assert.deepEqual(again.state, first.state);
    await again.run(options);
    assert.deepEqual(putParts(requests), [5, 6, 7, 8, 9, 10, 11, 12]);
    const blob = await downloadBlob(manifestOf(again), options);
    assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
  });

  it("does not go on with the keys of another content: a changed file begins anew", async () => {
    const { state } = await Upload.prepare(new Blob([content(MIB, "one")]));
    const other = await Upload.prepare(new Blob([content(MIB, "two")]), { earlier: [state] });
    for (const field of ["blob", "key", "salt"] as const)
      assert.notEqual(toHex(other.state[field]), toHex(state[field]));
  });

  it("sends again what the relay has lost meanwhile, and gives up on a relay that keeps nothing", async () => {
    const store = testStore();
    const upload = await Upload.prepare(new Blob([content(MIB)]));
    let drops = 1;
    const forgetful = {
      ...store.options,
      remote: (blob: Uint8Array) => {
        const remote = store.options.remote(blob);
        const missing = remote.missing.bind(remote);
        let asked = 0;
        remote.missing = async (parts, signal) => {
          if (asked++ > 0 && drops-- > 0) await remote.drop(signal);
          return missing(parts, signal);
        };
        return remote;
      },
    };
    await upload.run(forgetful);
    assert.equal(putParts(store.requests).length, 10);
    drops = Infinity;
    await store.options.remote(upload.state.blob).drop(new AbortController().signal);
    await rejectsCode("unknown_blob", upload.run(forgetful));
  });

  it("never seals another content with its keys, whatever the file holds from one reading to the next", async () => {
    const [one, two] = [content(MIB, "one"), content(MIB, "two")];
    let readings = 0;
    const wavering: FileSource = { size: MIB, stream: () => new Blob([readings++ === 1 ? two : one]).stream() };
    const { requests, options } = testStore(({ event }) => {
      if (event === "blob_put" && readings < 4) throw new QsecError("quota_exceeded", "No more.");
    });
    const upload = await Upload.prepare(wavering);
    await rejectsCode("file_changed", upload.run(options));
    assert.deepEqual(putParts(requests), [], "nothing of the other content has left");
    const again = await Upload.prepare(wavering, { earlier: [upload.state] });
    await again.run(options);
    const blob = await downloadBlob(manifestOf(again), options);
    assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), one);
  });

  it("stops when the file changes under it, before anything is sealed twice", async () => {
    let version = 1;
    const changing: FileSource = { size: MIB, stream: () => generated(MIB, (offset) => offset + version).stream() };
    const upload = await Upload.prepare(changing);
    version = 2;
    await rejectsCode("file_changed", upload.run(testStore().options));
    const growing: FileSource = { size: 10, stream: () => new Blob([content(11)]).stream() };
    await rejectsCode("file_changed", Upload.prepare(growing));
  });

  it("says when the file cannot be read any more", async () => {
    const broken: FileSource = {
      size: 10,
      stream: () => new ReadableStream({ pull: () => Promise.reject(new DOMException("gone", "NotReadableError")) }),
    };
    await rejectsCode("file_unreadable", Upload.prepare(broken));
    const thrown: FileSource = {
      size: 10,
      stream: () => {
        throw new TypeError("locked");
      },
    };
    await rejectsCode("file_unreadable", Upload.prepare(thrown));
  });

  it("can be stopped at any time, and reads and sends nothing more then", async () => {
    const controller = new AbortController();
    const { requests, options } = testStore(({ event }) => {
      if (event === "blob_put") controller.abort("enough");
    });
    const upload = await Upload.prepare(generated(4 * MIB));
    await rejectsCode("aborted", upload.run({ ...options, signal: controller.signal }));
    assert.ok(putParts(requests).length <= 4);
    await rejectsCode("aborted", Upload.prepare(generated(100), { signal: controller.signal }));
  });
});

describe("a download", () => {
  const bytes = content(2 * MIB);

  it("never holds more than four parts that come and one that is worked on", async () => {
    let [asked, written] = [0, 0];
    const { options, requests } = testStore();
    const manifest = await uploaded(new Blob([bytes]), options);
    let most = 0;
    const sink: FileSink = {
      write: async (piece) => {
        asked = requests.filter(({ event }) => event === "blob_get").length;
        most = Math.max(most, asked - Math.floor(written / 262_144));
        written += piece.length;
        await Promise.resolve();
      },
      close: () => {},
      abort: () => {},
    };
    await download(manifest, sink, options);
    assert.equal(written, bytes.length);
    assert.ok(most <= 6, `${most} parts alive`); // a chunk may lie across the border of two parts
  });

  /** Each with what a relay or a sender does, and the codes that say so. */
  const attacks: readonly (readonly [what: string, code: string, change: Tamper])[] = [
    ["a part that is cut", "TRUNCATED", { answer: (part, all) => (part === 3 ? all[3].subarray(0, -1) : all[part]) }],
    [
      "a part that goes on",
      "TRAILING",
      { answer: (part, all) => (part === 8 ? concat(all[8], all[0].subarray(0, 1)) : all[part]) },
    ],
    ["parts in another order", "DECRYPT", { answer: (part, all) => all[part === 2 ? 3 : part === 3 ? 2 : part] }],
    ["a part twice", "DECRYPT", { answer: (part, all) => all[part === 2 ? 1 : part] }],
    ["a first part from elsewhere", "KEY_COMMIT", { answer: (part, all) => all[part === 0 ? 1 : part] }],
    ["a changed bit", "DECRYPT", { answer: (part, all) => (part === 5 ? flipped(all[5]) : all[part]) }],
    ["another room", "KEY_COMMIT", { rid: new Uint8Array(32) }],
    ["another key", "KEY_COMMIT", { manifest: { key: new Uint8Array(32) } }],
    ["another digest", "KEY_COMMIT", { manifest: { digest: new Uint8Array(32) } }],
    ["a size that is too small by the padding's step", "TRAILING", { manifest: { size: MIB } }],
    ["a size that is too large", "TRUNCATED", { manifest: { size: 4 * MIB } }],
    ["a size that hides the end of the file", "PADDING", { manifest: { size: 2 * MIB - 1 } }],
    ["a blob that the relay does not have", "unknown_blob", { manifest: { blob: new Uint8Array(16) } }],
  ];
  for (const [what, code, change] of attacks) {
    it(`hands out nothing for ${what}: ${code}`, async () => {
      const store = testStore();
      const manifest = { ...(await uploaded(new Blob([bytes]), store.options)), ...change.manifest };
      const options = { ...store.options, rid: change.rid ?? RID };
      if (change.answer !== undefined) options.remote = tampering(store.options, change.answer);
      const sink = recorder();
      const error = await failure(download(manifest, sink, options));
      assert.ok(error instanceof QsecError && error.code === code, String(error));
      assert.deepEqual(sink.log, [`abort ${code}`]);
      assert.equal(((await failure(downloadBlob(manifest, options))) as QsecError).code, code);
    });
  }

  it("can be stopped in the middle, and the sink is told", async () => {
    const { options } = testStore();
    const manifest = await uploaded(new Blob([bytes]), options);
    const controller = new AbortController();
    const sink = recorder();
    const stopping = { ...sink, write: () => controller.abort() };
    await rejectsCode("aborted", download(manifest, stopping, { ...options, signal: controller.signal }));
    assert.deepEqual(sink.log, ["abort aborted"]);
  });

  it("is thrown away when the sink fails", async () => {
    const { options } = testStore();
    const manifest = await uploaded(new Blob([bytes]), options);
    const sink = recorder();
    const full = { ...sink, write: () => Promise.reject(new Error("disk full")) };
    assert.match(String(await failure(download(manifest, full, options))), /disk full/);
    assert.deepEqual(sink.log, ["abort Error: disk full"]);
  });
});

interface Tamper {
  readonly answer?: (part: number, all: readonly Uint8Array[]) => Uint8Array;
  readonly rid?: Uint8Array;
  readonly manifest?: Partial<FileManifest>;
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[1_000] ^= 4;
  return copy;
}

/** A relay that answers with what it likes. */
function tampering(options: TransferOptions, answer: NonNullable<Tamper["answer"]>): TransferOptions["remote"] {
  return (blob) => {
    const remote = options.remote(blob);
    const get = remote.get.bind(remote);
    remote.get = async (part, signal) => {
      const all = await Promise.all(Array.from({ length: layoutOf(2 * MIB).parts }, (_, i) => get(i, signal)));
      return answer(part, all);
    };
    return remote;
  };
}
