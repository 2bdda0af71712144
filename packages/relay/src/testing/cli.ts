import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const NODE = [
  "--conditions=qsec2:source",
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("../cli/main.ts", import.meta.url)),
];

export interface Cli {
  readonly child: ChildProcess;
  readonly folder: string;
  /** The address that it prints. */
  readonly url: () => Promise<string>;
  /** Waits until what it has written to standard output, or to standard error, matches. */
  readonly printed: (pattern: RegExp, where?: "out" | "err") => Promise<RegExpExecArray>;
  /** How it ended, and all it has written. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** A folder that goes with the test. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-cli-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The real command in a process of its own, in a folder of its own unless one is given. */
export function cli(
  test: TestContext,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder: string = temporaryFolder(test),
): Cli {
  writeFileSync(join(folder, "junk.db"), "this is a text, not a database");
  const child = spawn(process.execPath, [...NODE, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } });
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (written.err += text));
  const ended = new Promise<Awaited<Cli["ended"]>>((resolve) =>
    child.once("close", (code) => resolve({ code, ...written })),
  );
  test.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const printed: Cli["printed"] = async (pattern, where = "out") => {
    for (;;) {
      const found = pattern.exec(written[where]);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`it ended without ${pattern.source}: ${written.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, folder, printed, ended, url: async () => (await printed(/https?:\/\/\S+/))[0] };
}
