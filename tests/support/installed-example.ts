import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { installPacked, packAll, type Tarballs } from "../../scripts/packed.mjs";
import { runProgram, type Program } from "./program.js";

/** Copies of examples in a folder that knows nothing of this repository, with the packages from their tarballs. */
export class InstalledExamples {
  readonly #folder: string;
  readonly #tarballs: Tarballs;

  private constructor(folder: string, tarballs: Tarballs) {
    this.#folder = folder;
    this.#tarballs = tarballs;
  }

  /** Needs a build. */
  static async pack(): Promise<InstalledExamples> {
    const folder = await mkdtemp(join(tmpdir(), "qsec2-examples-"));
    const packed = join(folder, "packed");
    await mkdir(packed);
    return new InstalledExamples(folder, await packAll(packed));
  }

  /** @returns the folder of the copy */
  async install(name: string): Promise<string> {
    const folder = join(this.#folder, name);
    const isSource = (path: string): boolean => !["node_modules", "dist"].includes(basename(path));
    await cp(join("examples", name), folder, { recursive: true, filter: isSource });
    await installPacked(folder, this.#tarballs);
    return folder;
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}

/** Runs a script of an example's `package.json` to its end. @throws Error with what it has printed, when it fails */
export async function npmRun(folder: string, script: string): Promise<void> {
  const child = spawn("npm", ["run", script], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`npm run ${script} in ${folder}:\n${output}`);
}

/** Starts a program of an installed example, or of a package that it has installed. */
export function runInstalled(folder: string, script: string, args: readonly string[] = []): Program {
  return runProgram(join(folder, script), args, { cwd: folder, env: { PORT: "0", NO_COLOR: "1" } });
}
