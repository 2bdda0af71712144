/**
 * A member for the benchmark of files, in a process of its own with Node's IPC channel: `<relay> <name> <secret> <MiB>`.
 * The one called "sender" sends a file of that size as soon as it is not alone; the other fetches it.
 */
import { createHash } from "node:crypto";
import { QsecSession, type FileManifest } from "@qsec2/sdk";
import { content, generated } from "../../packages/sdk/src/testing/files.js";

export type FileReport =
  | { readonly is: "transferring"; readonly done: number; readonly total: number }
  | { readonly is: "digest"; readonly digest: string }
  /** Memory in KiB: before the transfer, and the most ever held. */
  | { readonly is: "memory"; readonly before: number; readonly peak: number };

const [relay, username, secret, mebibytes] = process.argv.slice(2);
const session = new QsecSession({ relay, room: "files", username, secret, expected: 2 });
let before = 0;

const tell = (report: FileReport): void => void process.send!(report);
const onProgress = ({ done, total }: { done: number; total: number }): void =>
  tell({ is: "transferring", done, total });

async function digest(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) hash.update(next.value);
  return hash.digest("hex");
}

async function send(): Promise<void> {
  before = process.resourceUsage().maxRSS;
  const seed = content(65_536);
  const file = generated(Number(mebibytes) * 2 ** 20, (offset) => seed[offset & 0xffff] ^ (offset >> 16));
  await session.sendFile(file, { name: "film.mp4", mime: "video/mp4", onProgress });
  report(await digest(file.stream()));
}

async function fetchFile(manifest: FileManifest): Promise<void> {
  before = process.resourceUsage().maxRSS;
  const blob = await session.openFile(manifest, { onProgress });
  report(await digest(blob.stream()));
}

function report(found: string): void {
  tell({ is: "memory", before, peak: process.resourceUsage().maxRSS });
  tell({ is: "digest", digest: found });
}

if (username === "sender") {
  session.addEventListener("state", ({ detail }) => void (detail.state === "secured" && before === 0 && send()));
} else {
  session.addEventListener("message", ({ detail }) => void (detail.file !== undefined && fetchFile(detail.file)));
}
process.on("disconnect", () => process.exit());
await session.connect();
