import assert from "node:assert/strict";
import { describe } from "node:test";
import type { FileManifest } from "../attachments/manifest.js";
import { content } from "../testing/files.js";
import { row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import type { BlobReply } from "../transport/transport.js";
import { concat, toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";

const BYTES = content(600_000);
/** Enough of the file for the canary. */
const SAMPLE = BYTES.slice(100_000, 110_000);

interface Sent {
  readonly file: FileManifest;
  /** The salt and the name of the blob, drawn at random and public. */
  readonly published: readonly Uint8Array[];
}

async function sendFile(scene: HostileScene, from: Person, to: Person, bytes = BYTES): Promise<Sent> {
  scene.expect(from.id, "");
  const count = to.messages.length;
  const before = scene.relay.seen.length;
  void from.session.sendFile(new Blob([bytes]), { name: "a.bin" }).catch(() => undefined); // told by what follows
  assert.ok(await scene.clock.until(() => to.messages.length > count, 60_000));
  const { file } = to.messages.at(-1)!;
  const part = scene.relay.seen.slice(before).find((seen) => seen.length > 200_000)!;
  return { file: file!, published: [part.slice(0, 24), file!.blob] };
}

/** The code with which a file is refused, or its bytes. */
async function open(scene: HostileScene, { session }: Person, file: FileManifest): Promise<string | Uint8Array> {
  let result: string | Uint8Array | null = null;
  session
    .openFile(file)
    .then(async (blob) => (result = new Uint8Array(await blob.arrayBuffer())))
    .catch((error: unknown) => (result = error instanceof QsecError ? error.code : String(error)));
  assert.ok(await scene.clock.until(() => result !== null, 120_000), "the file opens or is refused");
  return result!;
}

describe("a relay that attacks files", () => {
  row(
    37,
    "a file that is cut, reordered, doubled, lengthened, exchanged, or has another key is refused",
    async (scene) => {
      scene.canary.register("file", SAMPLE);
      const [alice, bob] = await scene.together("alice", "bob");
      const { file, published } = await sendFile(scene, alice, bob);
      const other = await sendFile(
        scene,
        bob,
        alice,
        BYTES.map((byte) => byte ^ 1),
      );
      const parts = new Map<number, Uint8Array>();
      scene.relay.onBlob = (request, answer) => {
        if (request.event === "blob_get" && answer.ok && answer.bytes !== undefined)
          parts.set(request.header.part, answer.bytes.slice());
        return answer;
      };
      assert.deepEqual(
        await open(scene, alice, other.file),
        BYTES.map((byte) => byte ^ 1),
      );
      const foreign = new Map(parts);
      assert.deepEqual(await open(scene, bob, file), BYTES);
      const last = parts.size - 1;
      const attacks: [string, readonly string[], (part: number, bytes: Uint8Array) => Uint8Array][] = [
        ["cut", ["TRUNCATED", "DECRYPT"], (part, bytes) => (part === last ? bytes.slice(0, -1) : bytes)],
        ["cut at a chunk", ["TRUNCATED", "DECRYPT"], (part, bytes) => (part === last ? bytes.slice(0, 16_400) : bytes)],
        [
          "reordered",
          ["KEY_COMMIT", "DECRYPT", "TRUNCATED"],
          (part) => parts.get(part === 0 ? 1 : part === 1 ? 0 : part)!,
        ],
        ["doubled", ["DECRYPT", "TRUNCATED"], (part, bytes) => (part === 1 ? parts.get(0)! : bytes)],
        [
          "lengthened",
          ["TRAILING", "DECRYPT", "TRUNCATED"],
          (part, bytes) => (part === last ? concat(bytes, new Uint8Array(9)) : bytes),
        ],
        ["exchanged", ["KEY_COMMIT"], (part) => foreign.get(part)!],
        [
          "patched",
          ["DECRYPT"],
          (part, bytes) => (part === 1 ? bytes.map((byte, i) => (i === 77 ? byte ^ 1 : byte)) : bytes),
        ],
      ];
      for (const [name, codes, change] of attacks) {
        scene.relay.onBlob = (request, answer): BlobReply =>
          request.event === "blob_get" && answer.ok && answer.bytes !== undefined
            ? { ...answer, bytes: change(request.header.part, answer.bytes) }
            : answer;
        const result = await open(scene, bob, file);
        assert.ok(typeof result === "string" && codes.includes(result), `${name}: ${String(result).slice(0, 80)}`);
      }
      scene.relay.behave();
      assert.equal(await open(scene, bob, { ...file, key: file.key.map((byte) => byte ^ 1) }), "KEY_COMMIT");
      assert.deepEqual(await open(scene, bob, file), BYTES);
      await scene.recovers(alice, bob);
      return [...published, ...other.published];
    },
  );

  row(38, "an upload that goes on with a changed file begins anew under another key", async (scene) => {
    scene.canary.register("file", SAMPLE);
    const [alice, bob] = await scene.together("alice", "bob");
    let puts = 0;
    scene.relay.onBlob = (request, answer): BlobReply => {
      if (request.event !== "blob_put" || ++puts < 2) return answer;
      return { ok: false, code: "quota_exceeded", message: "Not now." };
    };
    const changed = BYTES.map((byte, i) => (i === 5 ? byte ^ 1 : byte));
    let failed: unknown = null;
    alice.session.sendFile(new Blob([BYTES]), { name: "a.bin" }).catch((error: unknown) => (failed = error));
    assert.ok(await scene.clock.until(() => failed !== null, 60_000));
    assert.ok(failed instanceof QsecError && failed.code === "quota_exceeded");
    const first = scene.relay.seen.filter(({ length }) => length > 200_000);
    scene.relay.behave();
    const { file, published } = await sendFile(scene, alice, bob, changed);
    assert.deepEqual(await open(scene, bob, file), changed);
    assert.ok(
      first.every((part) => toHex(part.slice(0, 24)) !== toHex(published[0])),
      "another salt",
    );
    const stored = scene.relay.seen.filter(({ length }) => length > 200_000).slice(first.length);
    assert.ok(stored.length >= 2, "from its first part on");
    await scene.recovers(alice, bob);
    const names = scene.relay.seen.flatMap((bytes) => blobName(bytes));
    return [...published, ...first.map((part) => part.slice(0, 24)), ...names];
  });
});

/** The name of a blob in a header, if these bytes are one. */
function blobName(bytes: Uint8Array): Uint8Array[] {
  const text = bytes.length < 200 ? Buffer.from(bytes).toString("utf8") : "";
  const name = /"blob":"([A-Za-z0-9_-]{22})"/.exec(text)?.[1];
  return name === undefined ? [] : [new Uint8Array(Buffer.from(name, "base64url"))];
}
