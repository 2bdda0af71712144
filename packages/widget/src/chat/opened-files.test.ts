import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileManifest, QsecSession } from "@qsec2/sdk";
import { OpenedFiles } from "./opened-files.js";

/** A session that opens a file when it is told to, and says which ones it was asked for. */
function files(): {
  opened: OpenedFiles;
  asked: FileManifest[];
  end: (file: FileManifest, how?: "fails") => Promise<void>;
} {
  const asked: FileManifest[] = [];
  const ends = new Map<FileManifest, (how?: "fails") => void>();
  const openFile = (file: FileManifest): Promise<Blob> => {
    asked.push(file);
    return new Promise((resolve, reject) =>
      ends.set(file, (how) => (how === undefined ? resolve(new Blob(["x"])) : reject(new Error("no file")))),
    );
  };
  const end = async (file: FileManifest, how?: "fails"): Promise<void> => {
    ends.get(file)!(how);
    await new Promise(setImmediate);
  };
  return { opened: new OpenedFiles({ openFile } as unknown as QsecSession), asked, end };
}

const [first, second, third] = ["1", "2", "3"].map((name) => ({ name }) as FileManifest);
const { signal } = new AbortController();

test("of what nobody asked for, each member's files come one after the other, also after one that failed", async () => {
  const { opened, asked, end } = files();
  const failed = assert.rejects(opened.openUnasked("bob", first, signal, () => undefined));
  void opened.openUnasked("bob", second, signal, () => undefined);
  void opened.openUnasked("carol", third, signal, () => undefined);
  await new Promise(setImmediate);
  assert.deepEqual(asked, [first, third]);
  await end(first, "fails");
  await failed;
  assert.deepEqual(asked, [first, third, second]);
});

test("what somebody asks for comes at once, and what is open is neither fetched again nor waits for others", async () => {
  const { opened, asked, end } = files();
  void opened.openUnasked("bob", first, signal, () => undefined);
  const wanted = opened.open(second, signal, () => undefined);
  await new Promise(setImmediate);
  assert.deepEqual(asked, [second, first]);
  await end(second);
  assert.equal(await opened.openUnasked("bob", second, signal, () => undefined), await wanted);
  assert.equal(asked.length, 2);
});
